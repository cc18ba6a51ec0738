"""The approved HTML page in headless Chromium: filter, sort, open, keyboard, narrow, dark, without script, axe.

usage: html_browser_test.py SOURCE_DIR BUILD_DIR      exits 77 if there is no browser
"""
import json
import pathlib
import sys
import unittest

import html_npm
import html_pages
import html_webdriver

SOURCE, BUILD = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
PAGE = html_pages.write_whole_page(SOURCE, BUILD, "survey.html").as_uri()
SHOWN = "Array.from(document.querySelectorAll('#host-table > tbody:not([hidden])'), b => b.id.slice(5))"
EXPOSED = ["192.0.2.10", "2001:db8:aaaa:bbbb:cccc:dddd:eeee:10"]
WORST_FIRST = EXPOSED + ["192.0.2.12", "192.0.2.15", "2001:db8::10", "192.0.2.9"]


def host(address):
    return f"#host-{address}".replace(".", "\\.").replace(":", "\\:")


class WithBrowser(unittest.TestCase):
    settings = {}

    @classmethod
    def setUpClass(cls):
        html_webdriver.needed()
        cls.browser = html_webdriver.Browser(**cls.settings)
        cls.addClassCleanup(cls.browser.__exit__)

    def setUp(self):
        self.browser.open("about:blank")  # else a fragment would only move about in the page that is open
        self.browser.open(PAGE)

    def tearDown(self):
        self.assertEqual(self.browser.complaints(), [])

    def shown(self):
        return self.browser.run(f"return {SHOWN}")

    def is_open(self, address):
        return self.browser.run("return document.querySelector(arguments[0] + ' details').open", host(address))

    def focused(self):
        return self.browser.run("return document.activeElement.textContent")


class Filter(WithBrowser):
    def test_all_hosts_are_shown_at_first_the_worst_on_top(self):
        self.assertEqual(self.shown(), WORST_FIRST)
        self.assertEqual(self.browser.run("return document.getElementById('shown').textContent"), "6 of 6 shown")

    def test_words_find_names_addresses_and_organisations_in_any_case(self):
        for words, expected in (("sip.CONTOSO", ["192.0.2.10", "2001:db8::10"]), ("192.0.2.1 media", ["192.0.2.12"]),
                                ("50001-50003", EXPOSED), ("nowhere", []), ("   ", WORST_FIRST)):
            self.browser.clear("#find")
            self.browser.type("#find", words)
            self.assertEqual(self.shown(), expected, words)

    def test_a_verdict_can_be_left_out(self):
        self.browser.click("input[value=cls-exposed]")
        self.assertEqual(self.shown(), WORST_FIRST[2:])
        self.assertEqual(self.browser.run("return document.getElementById('shown').textContent"), "4 of 6 shown")

    def test_the_charts_lead_to_their_hosts(self):
        self.browser.click("a[data-verdict=closed]")
        self.assertEqual(self.shown(), WORST_FIRST[4:])
        self.browser.run("document.querySelector('a[data-find=Contoso]').click()")
        self.assertEqual(self.shown(), ["192.0.2.10", "2001:db8::10"])


class Sort(WithBrowser):
    def sort_by(self, column):
        self.browser.run("Array.from(document.querySelectorAll('#host-table thead button'))"
                         ".find(b => b.textContent === arguments[0]).click()", column)
        return self.shown()

    def test_by_address_in_numbers_and_not_in_letters(self):
        ascending = ["192.0.2.9", "192.0.2.10", "192.0.2.12", "192.0.2.15", "2001:db8::10",
                     "2001:db8:aaaa:bbbb:cccc:dddd:eeee:10"]
        self.assertEqual(self.sort_by("Address"), ascending)
        self.assertEqual(self.sort_by("Address"), ascending[::-1])

    def test_by_share_of_the_range_the_most_first_and_those_without_one_last(self):
        order = self.sort_by("Range")
        self.assertEqual(order[:3], EXPOSED + ["192.0.2.12"])
        self.assertEqual(order[-1], "192.0.2.15")
        self.assertEqual(self.sort_by("Range")[-1], "192.0.2.15")

    def test_the_sorted_column_and_no_other_says_so_to_screen_readers(self):
        sorted_by = ("return Array.from(document.querySelectorAll('#host-table [aria-sort]'),"
                     " h => [h.textContent, h.getAttribute('aria-sort')])")
        self.assertEqual(self.browser.run(sorted_by), [["Verdict", "ascending"]])
        self.sort_by("RTT")
        self.assertEqual(self.browser.run(sorted_by), [["RTT", "ascending"]])
        self.sort_by("RTT")
        self.assertEqual(self.browser.run(sorted_by), [["RTT", "descending"]])

    def test_what_is_filtered_out_stays_out(self):
        self.browser.type("#find", "exposed")
        self.assertEqual(self.sort_by("Address"), EXPOSED)


class Open(WithBrowser):
    def test_a_click_in_the_row_shows_the_evidence_and_another_hides_it(self):
        self.browser.click(f"{host('192.0.2.10')} .name")
        self.browser.wait_for(f"document.querySelector({json.dumps(host('192.0.2.10'))} + ' svg.strip path.r')")
        self.assertTrue(self.is_open("192.0.2.10"))
        text = self.browser.run("return document.querySelector(arguments[0] + ' details').innerText", host("192.0.2.10"))
        for expected in ("What to do:", "64 sampled ports of 50000-59999: 62 of 64 answered", "at the end open"):
            self.assertIn(expected, text)
        self.browser.click(f"{host('192.0.2.10')} .name")
        self.assertFalse(self.is_open("192.0.2.10"))

    def test_hostile_names_are_text_in_the_evidence(self):
        self.browser.click(f"{host('192.0.2.10')} .name")
        self.browser.wait_for("document.querySelector('details[open] dl')")
        self.assertIn("<script>alert(1)</script>", self.browser.run("return document.querySelector('details[open] dl').innerText"))
        self.assertEqual(self.browser.run("return document.scripts.length"), 1)

    def test_who_rejected_is_named_with_type_and_code(self):
        self.browser.click(f"{host('2001:db8::10')} .verdict")
        self.browser.wait_for("document.querySelector('details[open] dl')")
        self.assertIn("2001:db8::fe: ICMPv6 type 1 code 1 (admin-prohibited), 9 ports",
                      self.browser.run("return document.querySelector('details[open] dl').innerText"))

    def test_all_that_are_shown_open_at_once(self):
        self.browser.type("#find", "closed")
        self.browser.click("#open-all")
        self.assertEqual([a for a in WORST_FIRST if self.is_open(a)], WORST_FIRST[4:])
        self.browser.click("#close-all")
        self.assertFalse(any(self.is_open(address) for address in WORST_FIRST))

    def test_the_pages_address_can_name_a_host(self):
        self.browser.open(PAGE + "#host-192.0.2.12")
        self.browser.wait_for("document.querySelector('details[open] dl')")
        self.assertTrue(self.is_open("192.0.2.12"))


class Keyboard(WithBrowser):
    def test_tab_goes_from_the_skip_link_to_the_hosts(self):
        self.browser.press("Tab")
        self.assertEqual(self.focused(), "Skip to the hosts")
        self.browser.press("Enter", "Tab")
        self.assertEqual(self.browser.run("return document.activeElement.id"), "find")

    def test_arrows_move_between_hosts_and_enter_opens(self):
        self.browser.run("document.querySelector('#host-table summary').focus()")
        self.browser.press("Down", "Down")
        self.assertEqual(self.focused(), "Evidence for 192.0.2.12")
        self.browser.press("Enter")
        self.assertTrue(self.is_open("192.0.2.12"))
        self.browser.press("End")
        self.assertEqual(self.focused(), "Evidence for 192.0.2.9")
        self.browser.press("Home", "Up")
        self.assertEqual(self.focused(), "Evidence for 192.0.2.10")

    def test_a_column_is_sorted_by_the_space_bar_and_keeps_the_focus(self):
        self.browser.run("document.querySelectorAll('#host-table thead button')[1].focus()")
        self.browser.press("Space")
        self.assertEqual(self.shown()[0], "192.0.2.9")
        self.assertEqual(self.focused(), "Address")

    def test_the_focus_can_be_seen(self):
        self.browser.press("Tab", "Tab")
        self.assertNotEqual(self.browser.run("return getComputedStyle(document.activeElement).outlineStyle"), "none")


class Looks(WithBrowser):
    def test_nothing_is_wider_than_the_window_at_any_width(self):
        self.browser.run("document.querySelectorAll('details').forEach(d => { d.open = true })")
        self.browser.wait_for("document.querySelectorAll('#host-table dl').length === 6")
        for width in (320, 400, 704, 705, 1000, 1152, 1153, 1280):
            self.browser.devtools("Emulation.setDeviceMetricsOverride", width=width, height=8000, deviceScaleFactor=1,
                                  mobile=False)
            self.assertEqual(self.browser.run("return document.documentElement.scrollWidth"), width)

    def test_no_verdict_count_or_policy_is_cut_off_at_any_width(self):
        self.browser.open(html_pages.write_whole_page(SOURCE, BUILD, "judged.html").as_uri())
        self.browser.wait_for("document.documentElement.classList.contains('scripted')")
        for width in (320, 400, 705, 1152, 1153, 1264, 1280):
            self.browser.devtools("Emulation.setDeviceMetricsOverride", width=width, height=8000, deviceScaleFactor=1,
                                  mobile=False)
            cut = self.browser.run("return Array.from(document.querySelectorAll('#host-table tr:first-child > *'))"
                                   ".filter(c => !c.matches('.name, .org') && c.scrollWidth > c.clientWidth + 1)"
                                   ".map(c => c.className + ' ' + c.textContent)")
            self.assertEqual(cut, [], f"{width} px")

    def test_dark_and_light_differ_where_the_reader_asks_for_it(self):
        colours = []
        for scheme in ("light", "dark"):
            self.browser.devtools("Emulation.setEmulatedMedia",
                                  features=[{"name": "prefers-color-scheme", "value": scheme}])
            colours.append(self.browser.run("return getComputedStyle(document.body).backgroundColor"))
        self.assertEqual(colours, ["rgb(246, 246, 243)", "rgb(18, 22, 27)"])

    def test_axe_finds_no_serious_fault_open_or_closed_light_or_dark_wide_or_narrow(self):
        axe = (html_npm.judges(BUILD / "html_judges") / "axe-core/axe.min.js").read_text(encoding="utf-8")
        self.browser.devtools("Runtime.evaluate", expression=axe)
        self.browser.run("document.querySelectorAll('details').forEach(d => { d.open = true })")
        self.browser.wait_for("document.querySelectorAll('#host-table dl').length === 6")
        for scheme in ("light", "dark"):
            for width in (1280, 400):
                self.browser.devtools("Emulation.setEmulatedMedia",
                                      features=[{"name": "prefers-color-scheme", "value": scheme}])
                self.browser.devtools("Emulation.setDeviceMetricsOverride", width=width, height=8000,
                                      deviceScaleFactor=1, mobile=False)
                found = self.browser.run_async(
                    "const done = arguments[0]; axe.run({resultTypes: ['violations']}).then(r => done(r.violations.map("
                    "v => [v.impact, v.id, v.help, v.nodes.slice(0, 3).map(n => n.html.slice(0, 200))])))")
                serious = [fault for fault in found if fault[0] in ("serious", "critical")]
                self.assertEqual(serious, [], f"{scheme}, {width} px")
                self.assertEqual(found, [], f"{scheme}, {width} px")


class Trend(WithBrowser):
    """The page of a survey that keeps a history."""

    def setUp(self):
        self.browser.open(html_pages.write_whole_page(SOURCE, BUILD, "trend.html").as_uri())

    def test_a_run_of_each_has_its_dot_and_the_incomplete_one_is_hollow(self):
        for css, dots in ((".cls-exposed .dot", 5), (".cls-exposed .hole", 1), (".media-range-open .dot", 5)):
            path = self.browser.run("return document.querySelector('.trend ' + arguments[0]).getAttribute('d')", css)
            self.assertEqual(path.count("M"), dots, css)

    def test_screen_readers_get_a_name_the_gist_and_every_run_in_a_table(self):
        nodes = self.browser.devtools("Accessibility.getFullAXTree")["nodes"]
        images = [n for n in nodes if n.get("role", {}).get("value") in ("image", "img") and not n.get("ignored")]
        self.assertEqual(images[0]["name"]["value"], "The share of exposed addresses from run to run")
        self.assertIn("exposed first 30.0 %, last 0.0 %", images[0]["description"]["value"])
        self.browser.click("#trend summary")
        self.assertEqual(self.browser.run("return document.querySelectorAll('#trend tbody tr').length"), 5)

    def test_it_fits_any_width_and_axe_finds_no_fault_light_or_dark(self):
        axe = (html_npm.judges(BUILD / "html_judges") / "axe-core/axe.min.js").read_text(encoding="utf-8")
        self.browser.devtools("Runtime.evaluate", expression=axe)
        self.browser.run("document.querySelector('#trend details').open = true")
        for scheme in ("light", "dark"):
            self.browser.devtools("Emulation.setEmulatedMedia",
                                  features=[{"name": "prefers-color-scheme", "value": scheme}])
            for width in (320, 400, 704, 705, 1280):
                self.browser.devtools("Emulation.setDeviceMetricsOverride", width=width, height=8000,
                                      deviceScaleFactor=1, mobile=False)
                self.assertEqual(self.browser.run("return document.documentElement.scrollWidth"), width)
            found = self.browser.run_async("const done = arguments[0]; axe.run('#trend').then(r => done(r.violations.map("
                                           "v => [v.id, v.help, v.nodes[0].html])))")
            self.assertEqual(found, [], scheme)


class WithoutScript(WithBrowser):
    settings = {"script": False}

    # Its script is off: what the browser shows is read from its layout and its accessibility tree.
    def text(self):
        nodes = self.browser.devtools("Accessibility.getFullAXTree")["nodes"]
        return [(n.get("role", {}).get("value"), n.get("name", {}).get("value", "")) for n in nodes if not n.get("ignored")]

    # The tree was once read before it held the page: what is to appear is waited for.
    def text_with(self, name):
        return html_webdriver.until(self.text, lambda text: name in [n for _, n in text], name, seconds=20)

    def whole_page(self):
        return self.text_with(f"Evidence for {WORST_FIRST[-1]}")

    def test_the_hosts_stand_there_and_open_to_their_evidence(self):
        names = [name for _, name in self.whole_page()]
        self.assertIn("Evidence for 192.0.2.12", names)
        self.assertNotIn("What to do:", names)
        self.browser.click(f"{host('192.0.2.12')} summary")
        names = [name for _, name in self.text_with("What to do:")]
        self.assertTrue(any("refused by the host" in name for name in names))

    def test_what_only_a_script_could_do_is_not_offered(self):
        roles = {role for role, _ in self.whole_page()}
        self.assertNotIn("searchbox", roles)
        self.assertNotIn("checkbox", roles)
        self.assertIn("table", roles)
        self.assertIn("columnheader", roles)


if __name__ == "__main__":
    outcome = unittest.main(argv=sys.argv[:1], exit=False, verbosity=2).result
    for test, reason in outcome.skipped:
        print(f"SKIPPED {test}: {reason}")
    nothing_run = outcome.wasSuccessful() and outcome.skipped and outcome.testsRun == 0
    sys.exit(77 if nothing_run else not outcome.wasSuccessful())

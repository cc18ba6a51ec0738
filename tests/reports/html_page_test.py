"""The approved HTML pages as text: valid, self-contained, and locked by a policy that fits them.

usage: html_page_test.py SOURCE_DIR BUILD_DIR      exits 77 if nothing but skipped tests is left
"""
import base64
import hashlib
import html.parser
import json
import pathlib
import re
import shutil
import subprocess
import sys
import unittest

import html_npm
import html_pages

SOURCE, BUILD = (pathlib.Path(argument) for argument in sys.argv[1:3])


class Reader(html.parser.HTMLParser):
    """Every start tag with its attributes, and the text of <style> and <script>."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.code, self.inside = [], {"style": [], "script": []}, None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.inside = tag if tag in self.code else None

    def handle_endtag(self, tag):
        self.inside = None

    def handle_data(self, data):
        if self.inside:
            self.code[self.inside].append(data)


class Page(unittest.TestCase):
    def each(self):
        for name in html_pages.NAMES:
            path = html_pages.write_whole_page(SOURCE, BUILD, name)
            text = html_pages.whole_page(SOURCE, name)
            yield path, text, Reader(text)

    def test_the_policy_lets_in_exactly_the_style_and_the_script_that_are_there(self):
        for _, _, page in self.each():
            metas = [a for tag, a in page.tags if tag == "meta" and a.get("http-equiv") == "Content-Security-Policy"]
            policy = dict(part.strip().split(" ", 1) for part in metas[0]["content"].split(";"))
            for kind in ("style", "script"):
                self.assertEqual(len(page.code[kind]), 1, kind)
                digest = hashlib.sha256(page.code[kind][0].encode()).digest()
                self.assertEqual(policy.pop(f"{kind}-src"), f"'sha256-{base64.b64encode(digest).decode()}'")
            self.assertEqual(policy, {"default-src": "'none'", "img-src": "data:", "base-uri": "'none'",
                                      "form-action": "'none'"})

    def test_the_policy_stands_before_anything_that_it_governs(self):
        for _, text, _ in self.each():
            self.assertLess(text.index("Content-Security-Policy"), text.index("<style"))

    def test_nothing_is_fetched_and_no_code_stands_in_attributes(self):
        for _, _, page in self.each():
            for tag, attributes in page.tags:
                self.assertNotIn(tag, {"link", "img", "iframe", "object", "embed", "base", "use", "image"})
                for name, value in attributes.items():
                    self.assertFalse(name.startswith("on") or name in {"style", "src", "action"}, (tag, name))
                    self.assertTrue(name != "href" or value.startswith("#"), value)
            self.assertNotRegex(page.code["style"][0], r"url\(|@import")

    def test_every_id_is_there_once_and_every_reference_leads_to_one(self):
        for _, _, page in self.each():
            ids = [a["id"] for _, a in page.tags if "id" in a]
            self.assertEqual(len(ids), len(set(ids)))
            for _, attributes in page.tags:
                for name in ("for", "aria-labelledby"):
                    self.assertIn(attributes.get(name, ids[0]), ids)
                if "href" in attributes:
                    self.assertIn(attributes["href"][1:], ids)

    def test_tidy_accepts_it(self):
        tidy = shutil.which("tidy") or self.skipTest("tidy is not installed")
        for path, _, _ in self.each():
            judged = subprocess.run([tidy, "-q", "-e", "-utf8", "--drop-empty-elements", "no", path],
                                    capture_output=True, text=True, timeout=30)
            self.assertEqual(judged.returncode, 0, judged.stderr)

    def test_html_validate_accepts_it_with_the_evidence_as_a_browser_without_script_sees_it(self):
        modules = html_npm.judges(BUILD / "html_judges")
        for path, text, _ in self.each():
            as_seen = BUILD / "html_judges" / path.name
            as_seen.write_text(re.sub("</?noscript>", "", text), encoding="utf-8")
            # "long-title": a headline is as long as it is; the rest is a matter of taste and not of validity.
            rules = {"extends": ["html-validate:standard", "html-validate:a11y"], "root": True,
                     "rules": {"long-title": "off", "no-inline-style": "error"}}
            config = BUILD / "html_judges" / "htmlvalidate.json"
            config.write_text(json.dumps(rules))
            judged = subprocess.run(["node", modules / "html-validate/bin/html-validate.mjs", "--config", config, as_seen],
                                    capture_output=True, text=True, timeout=60)
            self.assertEqual(judged.returncode, 0, judged.stdout + judged.stderr)


if __name__ == "__main__":
    outcome = unittest.main(argv=sys.argv[:1], exit=False, verbosity=2).result
    nothing_run = outcome.wasSuccessful() and len(outcome.skipped) == outcome.testsRun
    sys.exit(77 if nothing_run else not outcome.wasSuccessful())

#!/usr/bin/env python3
"""Shows that the layers check can fail: each rule against a small tree that breaks it, and one that does not."""

import tempfile
import unittest
from pathlib import Path

import layers


class LayersTest(unittest.TestCase):
    def breaches(self, files):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            for name, text in files.items():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_text(text, encoding="utf-8")
            return [str(breach) for breach in layers.breaches(root)]

    def assert_breach(self, files, expected):
        self.assertEqual(self.breaches(files), [expected])

    def test_a_tree_whose_includes_point_down_has_no_breach(self):
        self.assertEqual(
            self.breaches({
                "targets/address.hpp": "#include <array>\n",
                "targets/dns/resolver.hpp": '#include <boost/asio.hpp>\n#include "targets/address.hpp"\n',
                "scanner/plan.hpp": '#include <chrono>\n#include "targets/address.hpp"\n',
                "scanner/net/engine.cpp": '#include <sys/socket.h>\n#include "scanner/plan.hpp"\n',
                "reports/json.cpp": '#include <fstream>\n#include "scanner/plan.hpp"\n',
                "cli/main.cpp": '#include "scanner/plan.hpp"\n#include "targets/dns/resolver.hpp"\n',
            }), [])

    def test_layer_0_may_not_include_layer_1(self):
        self.assert_breach(
            {"targets/a.hpp": '#include "scanner/b.hpp"\n', "scanner/b.hpp": ""},
            "targets/a.hpp:1: targets may not include scanner: scanner/b.hpp")

    def test_a_pure_layer_may_not_include_its_own_io_folder(self):
        self.assert_breach(
            {"scanner/a.hpp": '\n#include "scanner/net/b.hpp"\n', "scanner/net/b.hpp": ""},
            "scanner/a.hpp:2: scanner may not include scanner/net: scanner/net/b.hpp")

    def test_what_talks_to_the_system_is_out_of_reach_of_the_pure_layers(self):
        for here in sorted(layers.PURE):
            with self.subTest(here=here):
                self.assert_breach(
                    {f"{here}/a.cpp": '#include "system/b.hpp"\n', "system/b.hpp": ""},
                    f"{here}/a.cpp:1: {here} may not include system: system/b.hpp")

    def test_the_folders_of_layer_2_may_not_include_one_another(self):
        layer_2 = ["scanner/net", "targets/dns", "reports"]
        for here in layer_2:
            for there in layer_2:
                if here == there:
                    continue
                with self.subTest(here=here, there=there):
                    self.assert_breach(
                        {f"{here}/a.cpp": f'#include "{there}/b.hpp"\n', f"{there}/b.hpp": ""},
                        f"{here}/a.cpp:1: {here} may not include {there}: {there}/b.hpp")

    def test_no_two_folders_may_include_each_other(self):
        for here, reached in layers.LAYERS.items():
            for there in reached - {here}:
                with self.subTest(here=here, there=there):
                    self.assertNotIn(here, layers.LAYERS[there])

    def test_nobody_may_include_the_command_line(self):
        for here in layers.LAYERS.keys() - {"cli"}:
            with self.subTest(here=here):
                self.assert_breach(
                    {f"{here}/a.cpp": '#include "cli/b.hpp"\n', "cli/b.hpp": ""},
                    f"{here}/a.cpp:1: {here} may not include cli: cli/b.hpp")

    def test_the_program_may_not_include_its_tests(self):
        self.assert_breach(
            {"cli/a.cpp": '#include "tests/b.hpp"\n', "tests/b.hpp": ""},
            "cli/a.cpp:1: cli may not include anything outside the layers: tests/b.hpp")

    def test_an_include_is_written_from_the_root_so_that_its_layer_is_seen(self):
        self.assert_breach(
            {"targets/a.hpp": '#include "c.hpp"\n', "targets/c.hpp": ""},
            'targets/a.hpp:1: "c.hpp" is not a path from the root of the project')

    def test_a_way_round_through_the_parent_folder_is_seen(self):
        self.assert_breach(
            {"targets/a.hpp": '#include "targets/../scanner/b.hpp"\n', "scanner/b.hpp": ""},
            'targets/a.hpp:1: "targets/../scanner/b.hpp" is not a path from the root of the project')

    def test_asio_stays_in_the_folders_that_talk_to_the_network(self):
        for header in ["boost/asio.hpp", "boost/asio/ip/tcp.hpp", "asio.hpp"]:
            with self.subTest(header=header):
                self.assert_breach(
                    {"reports/a.cpp": f"#include <{header}>\n"},
                    f"reports/a.cpp:1: Asio has no place in reports: <{header}>")

    def test_toml_stays_in_the_folder_that_reads_policies(self):
        self.assert_breach(
            {"reports/a.cpp": "#include <toml++/toml.h>\n"},
            "reports/a.cpp:1: toml++ has no place in reports: <toml++/toml.h>")
        self.assertEqual(self.breaches({"policy/a.cpp": "#include <toml++/toml.h>\n"}), [])

    def test_the_pure_layers_reach_no_clock_socket_file_log_thread_or_chance(self):
        headers = ["ctime", "sys/socket.h", "netinet/in.h", "netdb.h", "unistd.h", "fstream", "iostream", "cstdio",
                   "filesystem", "spdlog/spdlog.h", "thread", "mutex", "atomic", "random", "cstdlib"]
        for folder in sorted(layers.PURE):
            for header in headers:
                with self.subTest(folder=folder, header=header):
                    self.assert_breach(
                        {f"{folder}/a.cpp": f"#include <{header}>\n"},
                        f"{folder}/a.cpp:1: {folder} is pure and may not include <{header}>")

    def test_a_pure_layer_may_name_times_but_not_read_a_clock(self):
        calls = {
            "auto t = std::chrono::steady_clock::now();": "now",
            "auto t = Clock::now ();": "now",
            "auto t = clock.now();": "now",
            "auto t = std::time(nullptr);": "time",
            "auto n = rand();": "rand",
            "auto n = ::random();": "random",
            "return rand();": "rand",
            'auto s = std::getenv("HOME");': "getenv",
            'auto t = toml::parse_file("policy.toml");': "parse_file",
        }
        for code, name in calls.items():
            with self.subTest(code=code):
                self.assert_breach(
                    {"scanner/a.cpp": code + "\n"}, f"scanner/a.cpp:1: scanner is pure and may not call {name}()")

    def test_words_in_comments_strings_and_longer_names_are_not_calls(self):
        self.assertEqual(
            self.breaches({
                "scanner/a.cpp": """
                    // std::rand() and now() are for others
                    /* time(0)
                       #include <fstream>
                    */
                    auto text = "now()";
                    auto raw = R"x(getenv("A"))x";
                    auto count = 10'000 + runtime(1) + probe.time();
                    Random random(seed);
                    if (it_is_known(x)) y = 'a';
                """
            }), [])

    def test_code_after_a_digit_separator_is_still_read(self):
        self.assert_breach(
            {"scanner/a.cpp": "auto n = 10'000 + rand() + 20'000;\n"},
            "scanner/a.cpp:1: scanner is pure and may not call rand()")


if __name__ == "__main__":
    unittest.main()

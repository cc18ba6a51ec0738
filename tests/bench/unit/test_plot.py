from __future__ import annotations

import unittest
from xml.etree import ElementTree

from benchmark.plot import svg

SVG = "{http://www.w3.org/2000/svg}"


class PlotTest(unittest.TestCase):
    def test_every_scanner_has_its_line_and_its_name_escaped(self):
        drawn = ElementTree.fromstring(svg({"a <b> & c": {250: 12.5, 2500: 40}, "nmap": {250: 22}}))
        self.assertEqual(len(drawn.findall(f"{SVG}path")), 2)
        self.assertEqual(len(drawn.findall(f"{SVG}circle")), 3)
        self.assertIn("a <b> & c", [text.text for text in drawn.iter(f"{SVG}text")])

    def test_labels_of_lines_that_end_together_stand_apart(self):
        drawn = ElementTree.fromstring(svg({"one": {250: 10, 2500: 40}, "two": {250: 11, 2500: 40}}))
        heights = [float(text.get("y")) for text in drawn.iter(f"{SVG}text") if text.text in ("one", "two")]
        self.assertGreaterEqual(abs(heights[0] - heights[1]), 16)

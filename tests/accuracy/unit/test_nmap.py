import unittest
from xml.etree import ElementTree

from scoreboard.answers import Answer, Kind, SILENCE
from scoreboard.nmap import parse

HOST = """\
<nmaprun><host><status state="up" reason="user-set"/><address addr="2001:DB8::1" addrtype="ipv6"/>
<ports>
<extraports state="filtered" count="3">
<extrareasons reason="no-response" count="2" proto="tcp" ports="50005,50008"/>
<extrareasons reason="admin-prohibited" count="1" proto="tcp" ports="50006"/>
</extraports>
<port protocol="tcp" portid="443"><state state="open" reason="syn-ack" reason_ttl="116"/></port>
<port protocol="tcp" portid="50001"><state state="closed" reason="reset" reason_ttl="57"/></port>
<port protocol="tcp" portid="50002"><state state="closed" reason="conn-refused" reason_ttl="0"/></port>
<port protocol="tcp" portid="50003"><state state="filtered" reason="no-response" reason_ttl="0"/></port>
<port protocol="tcp" portid="50004"><state state="filtered" reason="port-unreach" reason_ttl="57"/></port>
</ports></host></nmaprun>
"""


class NmapTest(unittest.TestCase):
    def test_states_and_reasons_become_answers(self):
        self.assertEqual(parse(HOST), {"2001:db8::1": {
            443: Answer(Kind.OPEN, 116), 50001: Answer(Kind.RST, 57), 50002: Answer(Kind.RST), 50003: SILENCE,
            50004: Answer(Kind.ICMP, 57), 50005: SILENCE, 50006: Answer(Kind.ICMP), 50008: SILENCE}})

    def test_a_run_that_was_cut_off_is_an_error(self):
        with self.assertRaises(ElementTree.ParseError):
            parse(HOST.replace("</nmaprun>", ""))

    def test_extraports_without_a_list_are_an_error_and_not_a_guess(self):
        with self.assertRaisesRegex(ValueError, "does not list"):
            parse(HOST.replace(' ports="50006"', ""))


if __name__ == "__main__":
    unittest.main()

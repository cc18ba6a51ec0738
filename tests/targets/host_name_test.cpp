#include "targets/host_name.hpp"

#include <rapidcheck.h>

#include "support/catch.hpp"

using namespace edgesurvey;
using namespace std::string_literals;
using Catch::Matchers::Contains;

namespace {

std::string ascii(std::string_view text) {
  return HostName::parse(text).value().ascii();
}
std::string display(std::string_view text) {
  return HostName::parse(text).value().display();
}

std::string refusal(std::string_view text) {
  std::string why;
  INFO(text);
  CHECK_FALSE(HostName::parse(text, &why));
  return why;
}

std::string repeat(std::string_view piece, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += piece;
  return text;
}

}  // namespace

TEST_CASE("A plain name is asked in lower case and shown as typed, without its final dot") {
  CHECK(ascii("SIP.Contoso.Example.") == "sip.contoso.example");
  CHECK(display("SIP.Contoso.Example.") == "SIP.Contoso.Example");
  CHECK(ascii("edge1") == "edge1");
  CHECK(ascii("_sipfederationtls._tcp.contoso.example") == "_sipfederationtls._tcp.contoso.example");
  CHECK(ascii("3com.example") == "3com.example");
  CHECK(ascii("10-20.example") == "10-20.example");
}

TEST_CASE("An internationalised name is asked as A-labels by IDNA 2008") {
  CHECK(ascii("bücher.example") == "xn--bcher-kva.example");
  CHECK(ascii("BÜCHER.example") == "xn--bcher-kva.example");
  CHECK(ascii("straße.example") == "xn--strae-oqa.example");        // non-transitional
  CHECK(ascii("bu\u0308cher.example") == "xn--bcher-kva.example");  // decomposed: NFC comes first
  CHECK(ascii("例え。テスト") == "xn--r8jz45g.xn--zckzah");
  CHECK(ascii("ｅｄｇｅ．example") == "edge.example");
  CHECK(display("bücher.example.") == "bücher.example");
  CHECK(display("例え。テスト。") == "例え。テスト");
}

TEST_CASE("A name that already has A-labels must have valid ones") {
  CHECK(ascii("XN--Bcher-KVA.example") == "xn--bcher-kva.example");
  CHECK_THAT(refusal("xn--a.example"), Contains("IDNA refuses it"));
  CHECK_THAT(refusal("www.xn--.example"), Contains("not a host name"));
  CHECK_THAT(refusal("xn--bcher-kvaa9999999.example"), Contains("IDNA refuses it"));
}

TEST_CASE("Names longer than DNS carries are refused, and names as long as it carries are not") {
  const std::string label63(63, 'a');
  CHECK(HostName::parse(label63 + ".example"));
  CHECK_THAT(refusal(label63 + "a.example"), Contains("64 bytes; 63 are allowed"));
  const std::string longest = repeat(label63 + ".", 3) + std::string(61, 'b');
  REQUIRE(longest.size() == 253);
  CHECK(HostName::parse(longest));
  CHECK(HostName::parse(longest + "."));
  CHECK_THAT(refusal(longest + "b"), Contains("253 are allowed"));
  CHECK_THAT(refusal(std::string(100000, 'a')), Contains("too long"));
  CHECK_FALSE(HostName::parse(std::string(60, 'a') + "ü.example"));  // short in UTF-8, too long as an A-label
}

TEST_CASE("Labels that no host name has are refused with the reason") {
  CHECK_THAT(refusal(""), Contains("missing"));
  CHECK_THAT(refusal("."), Contains("empty label"));
  CHECK_THAT(refusal("a..b"), Contains("empty label"));
  CHECK_THAT(refusal(".a"), Contains("empty label"));
  CHECK_THAT(refusal("a.."), Contains("empty label"));
  CHECK_THAT(refusal("-edge.example"), Contains("hyphen"));
  CHECK_THAT(refusal("edge-.example"), Contains("hyphen"));
  CHECK_THAT(refusal("edge!.example"), Contains("'!' is not allowed"));
  CHECK_THAT(refusal("user@edge.example"), Contains("'@' is not allowed"));
  CHECK_THAT(refusal("edge example"), Contains("not a host name"));
}

TEST_CASE("A character that IDNA turns into punctuation does not smuggle it in") {
  for (const char* name :
       {"edge\u2100.example", "edge／x.example", "edge：443", "a\u2025b.example", "edge％.example"}) {
    CHECK_THAT(refusal(name), Contains("not a host name"));
  }
}

TEST_CASE("A name that some programs read as an address is refused as mistyped") {
  for (const char* name : {"1.2.3", "192.168.1.256", "127.1", "2130706433", "0x7f000001", "0x7f.1",
                           "edge.example.10", "１９２.168.1.1", "1.2.3.4."}) {
    CHECK_THAT(refusal(name), Contains("mistyped address"));
  }
}

TEST_CASE("Bytes that are not UTF-8, and control characters, are refused without being shown") {
  using namespace std::string_view_literals;
  for (const auto name :
       {"edge\xff.example"sv, "edge\x1b[31m.example"sv, "edge\0.example"sv, "\u202Eedge.example"sv}) {
    const std::string why = refusal(name);
    CHECK_THAT(why, Contains("\\"));
    CHECK(why.find_first_of("\x1b\xff"sv) == std::string::npos);
    CHECK(why.find("\u202E") == std::string::npos);
  }
}

TEST_CASE("Invisible characters are refused, except joiners where a script needs them") {
  for (const char* hidden : {"\u00ad", "\u200b", "\u2060", "\ufeff", "\u200e"}) {
    CHECK_THAT(refusal("ed"s + hidden + "ge.example"), Contains("invisible character"));
    CHECK_THAT(refusal(hidden + "bücher.example"s), Contains("invisible character"));
  }
  CHECK(ascii("نامه\u200cای.example") == "xn--mgba3gch31f060k.example");
  CHECK_THAT(refusal("ed\u200cge.example"), Contains("IDNA refuses it"));
}

TEST_CASE("A name is under a domain by whole labels") {
  const HostName name = HostName::parse("a.b.Example").value();
  CHECK(name.is_under("b.example"));
  CHECK(name.is_under("example"));
  CHECK(name.is_under("a.b.example"));
  CHECK_FALSE(HostName::parse("xb.example")->is_under("b.example"));
  CHECK_FALSE(HostName::parse("b.example")->is_under("a.b.example"));
}

TEST_CASE("Names are equal when DNS is asked the same") {
  CHECK(HostName::parse("BÜCHER.example") == HostName::parse("xn--bcher-kva.example."));
  CHECK_FALSE(HostName::parse("a.example") == HostName::parse("b.example"));
}

TEST_CASE("A name is refused with a reason, or its asked form is accepted again, unchanged") {
  REQUIRE(rc::check([] {
    const auto piece = rc::gen::weightedOneOf<std::string>(
        {{20, rc::gen::element<std::string>("a", "B", "cd", "7x", "e.f", "ü", "ß", "例")},
         {1, rc::gen::element<std::string>("-", "_", ".", "。", "xn--", "\u00ad", "\u0308", "א", "１", "／",
                                           "xn--bcher-kva")}});
    const auto pieces = *rc::gen::container<std::vector<std::string>>(piece);
    std::string text;
    for (const std::string& next : pieces) text += next;
    std::string why;
    const auto name = HostName::parse(text, &why);
    RC_CLASSIFY(name.has_value(), "accepted");
    RC_ASSERT(name.has_value() == why.empty());
    if (!name) return;
    const auto again = HostName::parse(name->ascii());
    RC_ASSERT(again.has_value());
    RC_ASSERT(again->ascii() == name->ascii());
  }));
}

TEST_CASE("A name beyond ASCII is shown with what DNS is asked beside it") {
  CHECK(with_a_label("apple.example") == "apple.example");
  CHECK(with_a_label("\u0430pple.example") == "\u0430pple.example (xn--pple-43d.example)");
  CHECK(with_a_label("192.0.2.0/24") == "192.0.2.0/24");
  CHECK(with_a_label("\u202Eno name") == "\\u{202e}no name");
}

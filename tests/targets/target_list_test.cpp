#include "targets/target_list.hpp"

#include <rapidcheck.h>

#include <memory>

#include "support/catch.hpp"

using namespace edgesurvey;
using namespace std::string_literals;
using Catch::Matchers::Contains;

namespace {

TargetList parse(std::string_view text) {
  TargetList list;
  TargetParser(list).parse_text(text, "edges.txt");
  return list;
}

// The one error of a text that has exactly one, as the user sees it.
std::string error_of(std::string_view text) {
  const TargetList list = parse(text);
  INFO(text);
  REQUIRE(list.errors.size() == 1);
  CHECK(list.targets.empty());
  return list.errors.front().to_string();
}

HostName name_of(const TargetList& list, std::size_t index) {
  return std::get<HostName>(list.targets.what(index));
}

AddressBlock block_of(const TargetList& list, std::size_t index) {
  return std::get<AddressBlock>(list.targets.what(index));
}

// The text in pieces of this size, of which none outlives the call for the next.
TextPieces in_pieces_of(std::size_t bytes, std::string_view text) {
  return [bytes, text, piece = std::make_shared<std::string>()]() mutable -> std::string_view {
    *piece = text.substr(0, bytes);
    text.remove_prefix(piece->size());
    return *piece;
  };
}

std::string argument_error(std::string_view text) {
  TargetList list;
  TargetParser(list).parse_argument(text, 3);
  REQUIRE(list.errors.size() == 1);
  return list.errors.front().to_string();
}

}  // namespace

TEST_CASE("A list holds names, addresses, blocks and ranges in input order") {
  const TargetList list = parse(
      "sip.contoso.example\n"
      "192.0.2.7\n"
      "192.0.2.0/24\n"
      "192.0.2.10-20\n"
      "192.0.2.10-192.0.3.5\n"
      "2001:db8::7\n"
      "[2001:db8::8]\n"
      "2001:db8::/120\n"
      "bücher.example\n");
  REQUIRE(list.errors.empty());
  REQUIRE(list.targets.size() == 9);
  CHECK(name_of(list, 0).ascii() == "sip.contoso.example");
  CHECK(list.targets.is_name(0));
  CHECK(block_of(list, 3).to_string() == "192.0.2.10-192.0.2.20");
  CHECK(list.targets[3].text == "192.0.2.10-20");
  CHECK(list.targets[6].text == "[2001:db8::8]");
  CHECK(block_of(list, 6).to_string() == "2001:db8::8");
  CHECK(list.targets[8].text == "bücher.example");
  CHECK(list.targets.expanded_size() == 1 + 1 + 256 + 11 + 252 + 1 + 1 + 256 + 1);
}

TEST_CASE("Blank lines, comments, CRLF, tabs and a byte-order mark are as good as nothing") {
  const TargetList list = parse(
      "\xEF\xBB\xBF# a comment\r\n"
      "\r\n"
      "  \t # an indented one\r\n"
      "\ta.example\t# behind a target\r\n"
      "b.example");
  REQUIRE(list.errors.empty());
  REQUIRE(list.targets.size() == 2);
  CHECK(list.targets[0].text == "a.example");
  CHECK(list.targets[0].origin.source == "edges.txt");
  CHECK(list.targets[0].origin.line == 4);
  CHECK(list.targets[0].origin.column == 2);
  CHECK(list.targets[1].origin.line == 5);
  CHECK(parse("").targets.empty());
  CHECK(parse("\xEF\xBB\xBF").errors.empty());
}

TEST_CASE("Tags follow the target, quoted where they need to be") {
  const TargetList list = parse(
      R"(a.example org=Contoso role=av site.eu-1="Frankfurt \"West\" \\ 2" note="" empty= url=x#y=z  # done)");
  REQUIRE(list.errors.empty());
  REQUIRE(list.targets.size() == 1);
  CHECK(list.targets[0].tags == std::vector<Tag>{{"org", "Contoso"},
                                                 {"role", "av"},
                                                 {"site.eu-1", R"(Frankfurt "West" \ 2)"},
                                                 {"note", ""},
                                                 {"empty", ""},
                                                 {"url", "x#y=z"}});
  CHECK(parse("a.example org=\"# no comment\"").targets[0].tags.at(0).value == "# no comment");
  CHECK(parse("a.example org=Bücher").targets[0].tags.at(0).value == "Bücher");
}

TEST_CASE("A bad tag is an error at its column") {
  CHECK(error_of("a.example org").rfind("edges.txt:1:11: expected key=value", 0) == 0);
  CHECK_THAT(error_of("a.example b.example"), Contains("one target a line"));
  CHECK_THAT(error_of("a.example =x"), Contains("not a tag's key"));
  CHECK_THAT(error_of("a.example \"org\"=x"), Contains("not a tag's key"));
  CHECK_THAT(error_of("a.example örg=x"), Contains("not a tag's key"));
  CHECK_THAT(error_of("a.example org=1 role=2 org=3"), Contains(":1:24: the key 'org' is there twice"));
  CHECK_THAT(error_of("a.example org=\"open"), Contains(":1:15: the quoted value is not closed"));
  CHECK_THAT(error_of("a.example org=\"open\\"), Contains("after a backslash"));
  CHECK_THAT(error_of("a.example org=\"a\\nb\""), Contains("after a backslash"));
  CHECK_THAT(error_of("a.example org=\"a\"b"), Contains(":1:18: expected a space"));
  CHECK_THAT(error_of("a.example org=a\"b"), Contains("quote the whole value"));
}

TEST_CASE("More than a target is an error that says what to write") {
  CHECK_THAT(error_of("sip.example:443"), Contains("names a port") && Contains("write 'sip.example'"));
  CHECK_THAT(error_of("192.0.2.1:443"), Contains("write '192.0.2.1'"));
  CHECK_THAT(error_of("[2001:db8::1]:443"), Contains("write '[2001:db8::1]'"));
  CHECK_THAT(error_of("192.0.2.0/24:443"), Contains("write '192.0.2.0/24'"));
  CHECK_THAT(error_of("https://sip.example/"), Contains("is a URL; write 'sip.example'"));
  CHECK_THAT(error_of("https://user:pw@sip.example:443/x?y#z"), Contains("; write 'sip.example'"));
  CHECK_THAT(error_of("https://[2001:db8::1]:443/"), Contains("; write '[2001:db8::1]'"));
  CHECK_THAT(error_of("sip.example/path"), Contains("write 'sip.example'"));
  CHECK_THAT(error_of("sip.example/24"), Contains("write 'sip.example'"));
  CHECK_THAT(error_of("a.example,b.example"), Contains("one target a line"));
  CHECK_THAT(error_of("*.contoso.example"), Contains("wildcard"));
  CHECK_THAT(error_of("://"), Contains("is a URL"));
}

TEST_CASE("A range or block that is written otherwise is an error that says how") {
  for (const char* text : {"192.0.2.1 - 192.0.2.9", "192.0.2.1 to 192.0.2.9", "192.0.2.1 \u2013 192.0.2.9",
                           "192.0.2.0 /24", "192.0.2.1 -192.0.2.9"}) {
    CHECK_THAT(error_of(text), Contains("write a range or a block without spaces"));
  }
  CHECK_THAT(error_of("a.example b.example"), Contains("write one target a line"));
  CHECK_THAT(error_of("192.0.2.*"), Contains("write a block or a range, as 192.0.2.0/24"));
}

TEST_CASE("A space that only looks like one is called that") {
  for (const char* text : {"a.example\u00a0org=x", "a.example\u3000", "\u2009a.example"})
    CHECK_THAT(error_of(text), Contains("a space that is no plain one"));
}

TEST_CASE("A mistyped address is called one, never taken for a name") {
  CHECK_THAT(error_of("192.168.1.256"), Contains("edges.txt:1:1: ") && Contains("over 255"));
  CHECK_THAT(error_of("1.2.3"), Contains("3 parts instead of four"));
  CHECK_THAT(error_of("010.1.1.1"), Contains("octal"));
  CHECK_THAT(error_of("192.0.2.0/33"), Contains("from 0 to 32"));
  CHECK_THAT(error_of("192.0.2.20-10"), Contains("reversed"));
  CHECK_THAT(error_of("10-20"), Contains("not an address"));
  CHECK_THAT(error_of("2001:db8::g"), Contains("not IPv6"));
  CHECK_THAT(error_of("2001:db8::1%eth0"), Contains("zone"));
}

TEST_CASE("Addresses that no host can have are errors that say why") {
  CHECK_THAT(error_of("224.0.0.1"), Contains("is multicast"));
  CHECK_THAT(error_of("255.255.255.255"), Contains("is broadcast"));
  CHECK_THAT(error_of("0.0.0.0"), Contains("this network"));
  CHECK_THAT(error_of("0.1.2.3"), Contains("this network"));
  CHECK_THAT(error_of("::"), Contains("unspecified"));
  CHECK_THAT(error_of("ff02::1"), Contains("multicast"));
  CHECK_THAT(error_of("::ffff:224.0.0.1"), Contains("multicast"));
  CHECK_THAT(error_of("64:ff9b::224.0.0.1"), Contains("leads to a multicast"));
  CHECK_THAT(error_of("223.255.255.250-224.0.0.1"), Contains("reaches into multicast"));
  CHECK_THAT(error_of("0.0.0.0/0"), Contains("reaches into"));
  CHECK_THAT(error_of("255.255.255.0/24"), Contains("reaches into broadcast"));
  CHECK_THAT(error_of("::/0"), Contains("reaches into"));
  CHECK_THAT(error_of("::fffe:0:0-::1:0:0:0"), Contains("reaches into IPv4-mapped"));
  CHECK(parse("223.255.255.255\n10.0.0.1\n127.0.0.1\n::1\nfe80::1\n").errors.empty());
}

TEST_CASE("Bytes that do not belong in a list are errors at the first of them") {
  CHECK(error_of("a.example\xff") == "edges.txt:1:10: a byte that is not UTF-8 (\\xff)");
  CHECK(error_of("a.\x1b[31mexample") == "edges.txt:1:3: a control character (\\x1b)");
  CHECK(error_of("a.example\0x"s) == "edges.txt:1:10: a control character (\\x00)");
  CHECK(error_of("a.example\rb.example\n") == "edges.txt:1:10: a control character (\\x0d)");
  CHECK(error_of("a.example org=\u009b") == "edges.txt:1:15: a control character (\\x9b)");
  CHECK_THAT(error_of("\xff\xfe"
                      "a\0.\0"s),
             Contains("UTF-16; save it as UTF-8"));
}

TEST_CASE("Quoted input in an error carries no control characters and no reordering") {
  const std::string error = error_of("\u202Eelpmaxe.egde");
  CHECK(error.find("\u202E") == std::string::npos);
  CHECK_THAT(error, Contains("\\u{202e}"));
}

TEST_CASE("A line of 4096 bytes is read, and a longer one is an error") {
  const std::string start = "a.example note=";
  CHECK(parse(start + std::string(4096 - start.size(), 'x') + "\r\n").errors.empty());
  CHECK_THAT(error_of(start + std::string(4097 - start.size(), 'x')),
             Contains("edges.txt:1:4097: ") && Contains("4096"));
  CHECK(error_of(std::string(1'000'000, 'x')).size() < 100);
}

TEST_CASE("Every bad line is reported, and the good ones are kept") {
  const TargetList list = parse("1.2.3\na.example\nb..example\n");
  CHECK(list.targets.size() == 1);
  REQUIRE(list.errors.size() == 2);
  CHECK(list.errors[0].origin.line == 1);
  CHECK(list.errors[1].origin.line == 3);
}

TEST_CASE("After a thousand errors one more says that the rest was not read") {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "1.2.3\n";
  CHECK(parse(text).errors.size() == 1000);
  text += "a.example\n1.2.3\n";
  TargetList list = parse(text);
  REQUIRE(list.errors.size() == 1001);
  CHECK(list.errors.back().to_string() ==
        "edges.txt:1001:1: too many errors (1000); nothing from here on was read");
  CHECK(list.targets.empty());

  TargetParser(list).parse_text("1.2.3\n", "another.txt");
  CHECK(list.errors.size() == 1001);
}

TEST_CASE("A command-line argument is one target, called by its number") {
  TargetList list;
  TargetParser(list).parse_argument("192.0.2.0/30", 2);
  REQUIRE(list.targets.size() == 1);
  CHECK(list.targets[0].origin.source == "argument");
  CHECK(list.targets[0].origin.line == 2);
  CHECK(argument_error("a.example org=x").rfind("argument:3:10: an argument is one target", 0) == 0);
  CHECK(argument_error("a.example\n").rfind("argument:3:10: a control character (\\x0a)", 0) == 0);
  CHECK_THAT(argument_error(""), Contains("missing"));
  CHECK_THAT(argument_error("edge:443"), Contains("write 'edge'"));
  CHECK_THAT(argument_error(std::string(5000, 'a')), Contains("too long"));
}

TEST_CASE("The expanded size saturates") {
  CHECK(parse("2001:db8::/64\n2001:db8:1::/64\n").targets.expanded_size() == ~std::uint64_t{0});
  CHECK(parse("2001:db8::/65\n2001:db8:1::/65\n").targets.expanded_size() == ~std::uint64_t{0});
  CHECK(parse("2001:db8::/65\na.example\n").targets.expanded_size() == (std::uint64_t{1} << 63) + 1);
}

TEST_CASE("Any tag value survives being quoted") {
  REQUIRE(rc::check([] {
    const auto value =
        *rc::gen::container<std::string>(rc::gen::element('a', ' ', '"', '\\', '#', '=', '\t', '\''));
    std::string line = "a.example org=\"";
    for (const char c : value) {
      if (c == '"' || c == '\\') line += '\\';
      line += c;
    }
    const TargetList list = parse(line + "\" role=av");
    RC_ASSERT(list.errors.empty());
    RC_ASSERT(list.targets[0].tags == (std::vector<Tag>{{"org", value}, {"role", "av"}}));
  }));
}

TEST_CASE("A text gives the same targets and errors in pieces of any size") {
  const std::string long_line = "long.example note=" + std::string(5000, 'x');
  const std::string text =
      "\xEF\xBB\xBFsip.contoso.example org=Contoso\r\n\r\nbücher.example # a comment\n" + long_line +
      "\n1.2.3\n  192.0.2.0/24 org=\"A B\"\n2001:db8::1 note=" + std::string(4079, 'y') + "\r\nlast.example";
  const TargetList whole_text = parse(text);
  REQUIRE(whole_text.targets.size() == 5);
  REQUIRE(whole_text.errors.size() == 2);
  for (const std::size_t bytes : {1U, 2U, 3U, 7U, 64U, 4096U, 5000U}) {
    INFO(bytes);
    TargetList list;
    TargetParser(list).parse_text(in_pieces_of(bytes, text), "edges.txt");
    REQUIRE(list.targets.size() == whole_text.targets.size());
    REQUIRE(list.errors.size() == whole_text.errors.size());
    for (std::size_t i = 0; i < list.targets.size(); ++i) {
      CHECK(list.targets[i].text == whole_text.targets[i].text);
      CHECK(list.targets[i].tags == whole_text.targets[i].tags);
      CHECK(list.targets[i].origin.line == whole_text.targets[i].origin.line);
    }
    for (std::size_t i = 0; i < list.errors.size(); ++i)
      CHECK(list.errors[i].to_string() == whole_text.errors[i].to_string());
  }
  TargetList utf16;
  TargetParser(utf16).parse_text(in_pieces_of(1, "\xff\xfe\na\n"), "edges.txt");
  REQUIRE(utf16.errors.size() == 1);
  CHECK_THAT(utf16.errors[0].to_string(), Contains("UTF-16"));
}

TEST_CASE("Each line of any text becomes a target, an error or nothing") {
  REQUIRE(rc::check([] {
    const auto text = *rc::gen::container<std::string>(rc::gen::element(
        'a', '.', '1', '-', '/', ':', '\n', '\r', ' ', '#', '=', '"', '\\', '\xc3', '\xbc', '\0'));
    const TargetList list = parse(text);
    const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
    RC_ASSERT(list.targets.size() + list.errors.size() <= lines);
    for (const InputError& error : list.errors) {
      RC_ASSERT(error.origin.line >= 1U && error.origin.line <= lines && error.origin.column >= 1U);
      RC_ASSERT(!error.message.empty());
    }
  }));
}

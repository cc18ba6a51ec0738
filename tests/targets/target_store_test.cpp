#include "targets/target_store.hpp"

#include <stdexcept>

#include "support/catch.hpp"
#include "support/targets_of.hpp"

using namespace edgesurvey;

namespace {

TargetStore store_of(std::string_view text) {
  return targets_of(text, "edges.txt");
}

}  // namespace

TEST_CASE("A store gives back what was written, without the comment") {
  const TargetStore store =
      store_of("\n  B\u00fccher.example.\torg=\"A \\\"B\\\"\"  role=av  # one\n192.0.2.7/24 # two");
  REQUIRE(store.size() == 2);
  const Target name = store[0];
  CHECK(name.origin.source == "edges.txt");
  CHECK(name.origin.line == 2);
  CHECK(name.origin.column == 3);
  CHECK(name.text == "B\u00fccher.example.");
  REQUIRE(name.name() != nullptr);
  CHECK(name.name()->ascii() == "xn--bcher-kva.example");
  CHECK(name.tags == std::vector<Tag>{{"org", "A \"B\""}, {"role", "av"}});
  const Target block = store[1];
  CHECK(block.text == "192.0.2.7/24");
  REQUIRE(block.block() != nullptr);
  CHECK(block.block()->to_string() == "192.0.2.0/24");
  CHECK(block.tags.empty());
  CHECK_THROWS_AS(store[2], std::out_of_range);
}

TEST_CASE("A store says of each target whether it is a name, and what it is") {
  const TargetStore store = store_of("a.example org=x\n2001:db8::7 org=y\n");
  CHECK(store.is_name(0));
  CHECK_FALSE(store.is_name(1));
  CHECK(std::get<HostName>(store.what(0)).ascii() == "a.example");
  CHECK(std::get<AddressBlock>(store.what(1)).to_string() == "2001:db8::7");
  CHECK(store.names() == 1);
}

TEST_CASE("Targets of several sources each know their own") {
  TargetList list;
  TargetParser parser(list);
  parser.parse_argument("first.example", 1);
  parser.parse_argument("second.example", 2);
  parser.parse_text("# none\n", "empty.txt");
  parser.parse_text("a.example\nb.example\n", "one.txt");
  parser.parse_text("c.example\n", "two.txt");
  parser.parse_text("d.example\n", "one.txt");
  std::string origins;
  for (const Target& target : list.targets)
    origins += target.origin.source + ":" + std::to_string(target.origin.line) + " ";
  CHECK(origins == "argument:1 argument:2 one.txt:1 one.txt:2 two.txt:1 one.txt:1 ");
}

TEST_CASE("A store of more than one chunk of text keeps every target whole") {
  std::string text;
  for (int i = 0; i < 200; ++i)
    text += "n" + std::to_string(i) + ".example note=" + std::string(1000, 'x') + "\n";
  TargetStore store = store_of(text);
  const TargetStore copy = store;
  store = {};
  REQUIRE(copy.size() == 200);
  for (std::size_t i = 0; i < copy.size(); ++i) {
    CHECK(copy[i].text == "n" + std::to_string(i) + ".example");
    CHECK(copy[i].tags.at(0).value.size() == 1000);
  }
}

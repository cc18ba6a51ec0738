#include "cli/survey/same_names.hpp"

#include "support/catch.hpp"
#include "support/targets_of.hpp"

using namespace edgesurvey;

namespace {

using Numbers = std::vector<std::uint32_t>;

Numbers from(const SameNames& names, std::uint32_t first) {
  Numbers targets;
  names.for_each_from(first, [&](std::uint32_t target) { targets.push_back(target); });
  return targets;
}

}  // namespace

TEST_CASE("a name on several lines comes once, with all its lines") {
  const SameNames names(
      targets_of("b.example\n192.0.2.1\na.example\nB.example. org=x\nc.example\nb.EXAMPLE\n"));
  CHECK(names.firsts() == Numbers{0, 2, 4});
  CHECK(from(names, 0) == Numbers{0, 3, 5});
  CHECK(from(names, 2) == Numbers{2});
  CHECK(from(names, 4) == Numbers{4});
}

TEST_CASE("a list without names has none") {
  CHECK(SameNames(targets_of("192.0.2.1\n")).firsts().empty());
  CHECK(SameNames(TargetStore()).firsts().empty());
}

TEST_CASE("many names on many lines keep the order of the list") {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "n" + std::to_string(i % 250) + ".example\n";
  const SameNames names(targets_of(text));
  REQUIRE(names.firsts().size() == 250);
  for (std::uint32_t i = 0; i < 250; ++i) {
    CHECK(names.firsts()[i] == i);
    CHECK(from(names, i) == Numbers{i, i + 250, i + 500, i + 750});
  }
}

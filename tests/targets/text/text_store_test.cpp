#include "targets/text/text_store.hpp"

#include "support/catch.hpp"

using namespace edgesurvey;

TEST_CASE("A text store gives back texts of any length, the longest and the empty one too") {
  TextStore store;
  const std::string longest(TextStore::max_text_bytes, 'x');
  const auto empty = store.add("");
  const auto first = store.add(longest);
  const auto edge = store.add("y");  // fills the first chunk
  const auto last = store.add("");
  const auto second = store.add(longest);
  CHECK(store.at(empty).empty());
  CHECK(store.at(first) == longest);
  CHECK(store.at(edge) == "y");
  CHECK(store.at(last).empty());
  CHECK(store.at(second) == longest);
}

#include "scanner/net/slot_table.hpp"

#include <string>

#include "support/catch.hpp"

using namespace edgesurvey;

TEST_CASE("a place is used again, and the key of its earlier use finds nothing") {
  SlotTable<std::string> table;
  const SlotKey first = table.insert("first");
  table.erase(first);
  const SlotKey second = table.insert("second");
  REQUIRE(second.index == first.index);
  REQUIRE(table.find(first) == nullptr);
  REQUIRE(*table.find(second) == "second");
  REQUIRE(table.size() == 1);
}

TEST_CASE("a key survives being packed into one number") {
  SlotTable<int> table;
  table.erase(table.insert(1));
  table.insert(2);
  const SlotKey key = table.insert(3);
  REQUIRE(*table.find(SlotKey::unpacked(key.packed())) == 3);
}

TEST_CASE("a key from nowhere finds nothing") {
  SlotTable<int> table;
  REQUIRE(table.find({0, 0}) == nullptr);
  REQUIRE(table.find({UINT32_MAX, UINT32_MAX}) == nullptr);
}

TEST_CASE("every value in use is visited once, and no other") {
  SlotTable<int> table;
  table.insert(1);
  const SlotKey gone = table.insert(2);
  table.insert(4);
  table.erase(gone);
  int sum = 0;
  table.for_each([&](int value) { sum += value; });
  REQUIRE(sum == 5);
}

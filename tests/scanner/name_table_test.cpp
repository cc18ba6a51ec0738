#include "scanner/name_table.hpp"

#include "support/catch.hpp"

using namespace edgesurvey;

TEST_CASE("A name is found by its exact spelling and nothing else") {
  enum class Pet { cat, dog };
  constexpr std::array<std::string_view, 2> names{"cat", "dog"};
  CHECK(parse_name<Pet>(names, "dog") == Pet::dog);
  for (const char* other : {"", "Cat", "do", "dogs"}) CHECK_FALSE(parse_name<Pet>(names, other));
}

#include "cli/free_path.hpp"

#include "reports/temporary_folder.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::testing;

TEST_CASE("a free path is the plain one, or the first number that nothing has") {
  const TemporaryFolder folder;
  CHECK(free_path(folder / "after", ".json") == folder / "after.json");
  write_text(folder / "after.json", "");
  write_text(folder / "after-2.json", "");
  CHECK(free_path(folder / "after", ".json") == folder / "after-3.json");
  const auto is_taken = [&](const std::string& path) { return path == folder / "after-3.json"; };
  CHECK(free_path(folder / "after", ".json", is_taken) == folder / "after-4.json");
}

#include "reports/files/atomic_file.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <future>
#include <ostream>
#include <stdexcept>

#include "reports/files/report_error.hpp"
#include "reports/temporary_folder.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::testing;

namespace {

void write_new(std::ostream& out) {
  out << "new";
}

mode_t mode_of(const std::string& path) {
  struct stat status {};
  ::stat(path.c_str(), &status);
  return status.st_mode & 07777;
}

}  // namespace

TEST_CASE("A file that is written appears whole, and nothing beside it") {
  const TemporaryFolder folder;
  const std::string large(300'000, 'x');
  write_file_atomically(folder / "a", [&](std::ostream& out) { out << large << 'y'; });
  CHECK(text_of(folder / "a") == large + 'y');
  CHECK(folder.files() == 1);
}

TEST_CASE("While it is written, what stood there stands") {
  const TemporaryFolder folder;
  write_text(folder / "a", "old");
  write_file_atomically(folder / "a", [&](std::ostream& out) {
    out << std::string(200'000, 'x');
    CHECK(text_of(folder / "a") == "old");
  });
  CHECK(text_of(folder / "a").size() == 200'000);
}

TEST_CASE("When making the report fails, what stood there stands, and nothing is left beside it") {
  const TemporaryFolder folder;
  write_text(folder / "a", "old");
  CHECK_THROWS_WITH(write_file_atomically(folder / "a",
                                          [](std::ostream& out) {
                                            out << std::string(200'000, 'x');
                                            throw std::runtime_error("the journal broke");
                                          }),
                    "the journal broke");
  CHECK(text_of(folder / "a") == "old");
  CHECK(folder.files() == 1);
}

TEST_CASE("A full device is an error at the first write that fails, with the reason") {
  std::size_t written = 0;
  CHECK_THROWS_WITH(write_file_atomically("/dev/full",
                                          [&](std::ostream& out) {
                                            for (; written < 100; ++written) out << std::string(100'000, 'x');
                                          }),
                    "could not write '/dev/full': No space left on device");
  CHECK(written == 0);
}

TEST_CASE("A small report on a full device fails, too, though it fits the buffer") {
  CHECK_THROWS_AS(write_file_atomically("/dev/full", write_new), WriteError);
}

TEST_CASE("A folder that is not there or a folder in the file's place is named in the error") {
  const TemporaryFolder folder;
  CHECK_THROWS_WITH(write_file_atomically(folder / "no/a", write_new),
                    Catch::Contains("No such file or directory"));
  CHECK_THROWS_WITH(write_file_atomically(folder.path(), write_new), Catch::Contains("Is a directory"));
}

TEST_CASE("A pipe is written as it is") {
  const TemporaryFolder folder;
  REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
  auto reader = std::async(std::launch::async, [&] { return text_of(folder / "pipe"); });
  write_file_atomically(folder / "pipe", write_new);
  CHECK(reader.get() == "new");
}

TEST_CASE("A symbolic link stays, and the file behind it is replaced") {
  const TemporaryFolder folder;
  write_text(folder / "a", "old");
  std::filesystem::create_symlink("a", folder / "link");
  write_file_atomically(folder / "link", write_new);
  CHECK(std::filesystem::is_symlink(folder / "link"));
  CHECK(text_of(folder / "a") == "new");
}

TEST_CASE("A new file has the mode that the umask leaves, an old one keeps its own") {
  const TemporaryFolder folder;
  const mode_t old_mask = ::umask(027);
  write_file_atomically(folder / "new", write_new);
  write_text(folder / "old", "old");
  ::chmod((folder / "old").c_str(), 0600);
  write_file_atomically(folder / "old", write_new);
  ::umask(old_mask);
  CHECK(mode_of(folder / "new") == 0640);
  CHECK(mode_of(folder / "old") == 0600);
}

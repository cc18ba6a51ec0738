#include "reports/files/fd_stream.hpp"

#include <fcntl.h>
#include <rapidcheck.h>

#include "reports/temporary_folder.hpp"
#include "support/catch.hpp"
#include "system/file_descriptor.hpp"

using namespace edgesurvey;
using namespace edgesurvey::testing;

namespace {

// What is in a file after these were written to it, one after the other.
std::string written(const std::vector<std::string>& pieces) {
  const TemporaryFolder folder;
  const FileDescriptor file(::open((folder / "f").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
  FdBuffer buffer(file.get(), "f");
  FdStream stream(buffer);
  for (const auto& piece : pieces) stream << piece;
  buffer.flush();
  return text_of(folder / "f");
}

std::string joined(const std::vector<std::string>& pieces) {
  std::string all;
  for (const auto& piece : pieces) all += piece;
  return all;
}

}  // namespace

TEST_CASE("A piece that just fills the buffer comes after what the buffer holds") {
  const std::vector<std::string> halves{std::string(32768, 'a'), std::string(32768, 'b'), "c"};
  CHECK((written(halves) == joined(halves)));
  const std::vector<std::string> whole{std::string(65536, 'a'), "b", std::string(65535, 'c'), "d"};
  CHECK((written(whole) == joined(whole)));
}

TEST_CASE("Pieces of any sizes come out in order, each once") {
  CHECK(rc::check([] {
    const auto sizes = *rc::gen::container<std::vector<std::size_t>>(
        rc::gen::element<std::size_t>(0, 1, 100, 32767, 32768, 32769, 65535, 65536, 65537, 200000));
    std::vector<std::string> pieces;
    for (const auto size : sizes) pieces.emplace_back(size, static_cast<char>('a' + pieces.size() % 26));
    RC_ASSERT(written(pieces) == joined(pieces));
  }));
}

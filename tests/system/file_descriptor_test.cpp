#include "system/file_descriptor.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <utility>

#include "support/catch.hpp"

using namespace edgesurvey;

namespace {

int open_null() {
  const int number = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  REQUIRE(number >= 0);
  return number;
}

bool is_open(int number) {
  return ::fcntl(number, F_GETFD) != -1;
}

}  // namespace

TEST_CASE("a descriptor is closed when its owner goes, or is told to") {
  const int first = open_null();
  { const FileDescriptor owner(first); }
  CHECK_FALSE(is_open(first));

  FileDescriptor owner(open_null());
  const int second = owner.get();
  owner.reset();
  CHECK_FALSE(owner);
  CHECK_FALSE(is_open(second));
}

TEST_CASE("a descriptor has one owner: the one it was moved to last, which closes what it had") {
  const int first = open_null();
  const int second = open_null();
  FileDescriptor a(first);
  FileDescriptor b(second);
  b = std::move(a);
  CHECK(b.get() == first);
  CHECK(is_open(first));
  CHECK_FALSE(is_open(second));

  const FileDescriptor c(std::move(b));
  CHECK(c.get() == first);
  CHECK(is_open(first));
}

TEST_CASE("a descriptor that is released stays open") {
  const int number = open_null();
  {
    FileDescriptor owner(number);
    CHECK(owner.release() == number);
    CHECK_FALSE(owner);
  }
  CHECK(is_open(number));
  CHECK(::close(number) == 0);
}

TEST_CASE("what a failed open() returns is no descriptor") {
  CHECK_FALSE(FileDescriptor());
  CHECK_FALSE(FileDescriptor(-1));
}

#include "reports/files/spooled_input.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>
#include <utility>

#include "reports/files/anonymous_file.hpp"
#include "reports/files/fd_stream.hpp"
#include "reports/files/report_error.hpp"

namespace edgesurvey {
namespace {

using Piece = std::array<char, 1U << 16>;

bool is_regular(int fd) {
  struct stat facts {};
  return ::fstat(fd, &facts) == 0 && S_ISREG(facts.st_mode);
}

// 0 at the end.
std::size_t read_some(int fd, Piece& piece, const char* name) {
  for (;;) {
    const auto got = ::read(fd, piece.data(), piece.size());
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR) throw read_error(name, errno);
  }
}

void copy(int fd, const AnonymousFile& to, const char* name, std::uint64_t most_bytes) {
  FdBuffer buffer(to.file.get(), to.path);
  Piece piece;
  std::uint64_t copied = 0;
  while (const std::size_t size = read_some(fd, piece, name)) {
    copied += size;
    if (copied > most_bytes)
      throw ReadError(std::string(name) + " has more than " + std::to_string(most_bytes >> 30U) +
                      " GiB: make reports from a file");
    buffer.sputn(piece.data(), static_cast<std::streamsize>(size));
  }
  buffer.flush();
}

}  // namespace

RecordFile spooled(int fd, const char* name, std::uint64_t most_bytes) {
  if (is_regular(fd)) {
    FileDescriptor same(::fcntl(fd, F_DUPFD_CLOEXEC, 0));
    if (!same) throw read_error(name, errno);
    return {std::move(same), name};
  }
  try {
    AnonymousFile kept = make_anonymous_file();
    copy(fd, kept, name, most_bytes);
    return {std::move(kept.file), name};
  } catch (const WriteError& error) {
    throw ReadError(error.what());
  }
}

}  // namespace edgesurvey

#include "reports/files/record_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "reports/files/report_error.hpp"
#include "targets/text/text.hpp"

namespace edgesurvey {

RecordFile::RecordFile(const std::string& path)
    : RecordFile(FileDescriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)), path) {}

RecordFile::RecordFile(FileDescriptor file, std::string path)
    : file_(std::move(file)), path_(std::move(path)) {
  if (!file_) throw read_error(path_, errno);
  struct stat facts {};
  if (::fstat(file_.get(), &facts) != 0) throw read_error(path_, errno);
  if (S_ISDIR(facts.st_mode)) throw read_error(path_, EISDIR);
  if (!S_ISREG(facts.st_mode)) {
    throw ReadError("could not read " + edgesurvey::quoted(path_) +
                    ": it is no regular file, and is read more than once");
  }
}

void RecordFile::read_up_to(std::uint64_t offset, std::size_t size, std::string& buffer) const {
  buffer.resize(size);
  std::size_t done = 0;
  while (done < size) {
    const auto got =
        ::pread(file_.get(), buffer.data() + done, size - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw read_error(path_, errno);
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  buffer.resize(done);
}

void RecordFile::read(const RecordSpan& span, std::string& buffer) const {
  read_up_to(span.offset, span.size, buffer);
  if (buffer.size() != span.size) {
    throw ReadError("could not read " + edgesurvey::quoted(path_) + ": it was cut short while it was read");
  }
}

}  // namespace edgesurvey

#include "reports/files/atomic_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <optional>

#include "reports/files/fd_stream.hpp"
#include "reports/files/report_error.hpp"
#include "system/file_descriptor.hpp"

namespace edgesurvey {
namespace {

namespace fs = std::filesystem;

// umask can only be read by setting it; two threads would see each other's, but we are one.
mode_t mode_of_new_files() {
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}

void stream_into(int fd, const std::string& path, const std::function<void(std::ostream&)>& write) {
  FdBuffer buffer(fd, path);
  FdStream stream(buffer);
  write(stream);
  buffer.flush();
}

void close_checked(FileDescriptor& file, const std::string& path) {
  if (::close(file.release()) != 0 && errno != EINTR)
    throw write_error(path, errno);  // NFS says it only here
}

// Removed when it goes, unless it was renamed.
class TemporaryFile {
 public:
  TemporaryFile(const std::string& target, std::string shown)
      : shown_(std::move(shown)), path_(target + ".XXXXXX") {
    file_ = FileDescriptor(::mkostemp(path_.data(), O_CLOEXEC));
    if (!file_) throw write_error(shown_, errno);
  }
  ~TemporaryFile() {
    if (!path_.empty()) ::unlink(path_.c_str());
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  int fd() const { return file_.get(); }
  void set_mode(mode_t mode) {
    if (::fchmod(fd(), mode) != 0) throw write_error(shown_, errno);
  }
  void become(const std::string& target) {
    if (::fsync(fd()) != 0) throw write_error(shown_, errno);
    close_checked(file_, shown_);
    if (::rename(path_.c_str(), target.c_str()) != 0) throw write_error(shown_, errno);
    path_.clear();
  }

 private:
  std::string shown_;
  std::string path_;
  FileDescriptor file_;
};

// The rename itself must last. The file is whole whatever happens here, and some file systems know no fsync
// of folders: a failure is no reason to call the report unwritten.
void sync_folder_of(const std::string& path) {
  const auto folder = fs::path(path).parent_path();
  const FileDescriptor fd(::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (fd) ::fsync(fd.get());
}

void write_directly(const std::string& path, const std::function<void(std::ostream&)>& write) {
  FileDescriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (!file) throw write_error(path, errno);
  stream_into(file.get(), path, write);
  close_checked(file, path);
}

std::optional<struct stat> status_of(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0) return status;
  if (errno != ENOENT) throw write_error(path, errno);
  return std::nullopt;
}

// Where a chain of symbolic links ends; a link to nothing yet is followed, too.
std::string behind_links(const std::string& path) {
  fs::path at = path;
  std::error_code error;
  for (int links = 0; links < 40 && fs::is_symlink(fs::symlink_status(at, error)); ++links) {
    const fs::path next = fs::read_symlink(at, error);
    if (error) break;
    at = next.is_absolute() ? next : at.parent_path() / next;
  }
  return at;
}

}  // namespace

void write_file_atomically(const std::string& path, const std::function<void(std::ostream&)>& write) {
  const auto old = status_of(path);
  if (old && S_ISDIR(old->st_mode)) throw write_error(path, EISDIR);
  if (old && !S_ISREG(old->st_mode)) return write_directly(path, write);
  const std::string target = behind_links(path);
  TemporaryFile file(target, path);
  file.set_mode(old ? old->st_mode & 07777 : mode_of_new_files());
  stream_into(file.fd(), path, write);
  file.become(target);
  sync_folder_of(target);
}

}  // namespace edgesurvey

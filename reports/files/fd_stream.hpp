// An output stream on a file descriptor that says why it failed.
#pragma once

#include <array>
#include <ostream>
#include <streambuf>
#include <string>

namespace edgesurvey {

// Throws WriteError where a std::ofstream would only go bad, at the first write that fails, so that a report
// of a gigabyte ends there and not at its end.
class FdBuffer : public std::streambuf {
 public:
  // Neither owns nor closes fd; name is for messages.
  FdBuffer(int fd, std::string name);
  // Nothing is left in the buffer afterwards. Call it before the end: the destructor writes nothing.
  void flush();

 protected:
  int_type overflow(int_type c) override;
  std::streamsize xsputn(const char* text, std::streamsize size) override;
  int sync() override;

 private:
  void write_all(const char* data, std::size_t size);

  int fd_;
  std::string name_;
  std::array<char, 65536> buffer_;
};

// Passes the buffer's WriteError on to whoever writes.
class FdStream : public std::ostream {
 public:
  explicit FdStream(FdBuffer& buffer) : std::ostream(&buffer) { exceptions(std::ios::badbit); }
};

}  // namespace edgesurvey

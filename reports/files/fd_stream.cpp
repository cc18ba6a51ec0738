#include "reports/files/fd_stream.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "reports/files/report_error.hpp"

namespace edgesurvey {

FdBuffer::FdBuffer(int fd, std::string name) : fd_(fd), name_(std::move(name)) {
  setp(buffer_.data(), buffer_.data() + buffer_.size());
}

void FdBuffer::write_all(const char* data, std::size_t size) {
  while (size > 0) {
    const auto written = ::write(fd_, data, size);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw write_error(name_, errno);
    data += written;
    size -= static_cast<std::size_t>(written);
  }
}

void FdBuffer::flush() {
  const auto size = static_cast<std::size_t>(pptr() - pbase());
  setp(buffer_.data(), buffer_.data() + buffer_.size());
  write_all(buffer_.data(), size);
}

FdBuffer::int_type FdBuffer::overflow(int_type c) {
  flush();
  if (c != traits_type::eof()) sputc(traits_type::to_char_type(c));
  return traits_type::not_eof(c);
}

std::streamsize FdBuffer::xsputn(const char* text, std::streamsize size) {
  if (size > epptr() - pptr()) flush();
  if (size > epptr() - pptr()) {  // larger than the buffer, which is empty now
    write_all(text, static_cast<std::size_t>(size));
  } else {
    std::memcpy(pptr(), text, static_cast<std::size_t>(size));
    pbump(static_cast<int>(size));
  }
  return size;
}

int FdBuffer::sync() {
  flush();
  return 0;
}

}  // namespace edgesurvey

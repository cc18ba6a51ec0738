// An open file descriptor, closed when its owner goes.
#pragma once

#include <utility>

namespace edgesurvey {

class FileDescriptor {
 public:
  FileDescriptor() = default;
  // Takes a number as open(), socket() and the like return it: a negative one, their failure, is no
  // descriptor.
  explicit FileDescriptor(int number) : number_(number) {}
  ~FileDescriptor() { reset(); }
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  FileDescriptor(FileDescriptor&& other) noexcept : number_(other.release()) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept {
    if (this != &other) {
      reset();
      number_ = other.release();
    }
    return *this;
  }

  explicit operator bool() const { return number_ >= 0; }
  int get() const { return number_; }
  // Closes it now. What close() says is lost, and errno may have changed.
  void reset();
  // The number, no longer owned: for whoever must see what close() says.
  int release() { return std::exchange(number_, none); }

 private:
  static constexpr int none = -1;
  int number_ = none;
};

}  // namespace edgesurvey

// One open file descriptor, closed when its owner goes.
#pragma once

#include <unistd.h>

#include <utility>

namespace edgesurvey {

class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int number) : number_(number) {}
  ~FileDescriptor() { reset(); }
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  FileDescriptor(FileDescriptor&& other) noexcept : number_(std::exchange(other.number_, none)) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept {
    if (this != &other) {
      reset();
      number_ = std::exchange(other.number_, none);
    }
    return *this;
  }

  explicit operator bool() const { return number_ != none; }
  int get() const { return number_; }
  void reset() {
    if (number_ != none) ::close(std::exchange(number_, none));
  }

 private:
  static constexpr int none = -1;
  int number_ = none;
};

}  // namespace edgesurvey

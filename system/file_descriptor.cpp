#include "system/file_descriptor.hpp"

#include <unistd.h>

namespace edgesurvey {

void FileDescriptor::reset() {
  if (number_ >= 0) ::close(number_);
  number_ = none;
}

}  // namespace edgesurvey

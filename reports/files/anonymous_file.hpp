// An anonymous temporary file: in TMPDIR, without a name, deleted when its descriptor is closed.
#pragma once

#include <string>

#include "system/file_descriptor.hpp"

namespace edgesurvey {

struct AnonymousFile {
  FileDescriptor file;  // read, and written at its end
  std::string path;     // the pattern of the name it had, for messages
};

// Throws WriteError.
AnonymousFile make_anonymous_file();

}  // namespace edgesurvey

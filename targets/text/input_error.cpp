#include "targets/text/input_error.hpp"

#include "targets/text/text.hpp"

namespace edgesurvey {

std::string InputError::to_string() const {
  return printable(origin.source) + ":" + std::to_string(origin.line) + ":" + std::to_string(origin.column) +
         ": " + message;
}

}  // namespace edgesurvey

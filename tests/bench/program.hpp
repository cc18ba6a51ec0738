// What the programs of the bench have in common.
#pragma once

#include <exception>
#include <iostream>

namespace edgesurvey::bench {

// Runs one to its end; what goes wrong is told under its name, and is exit status 1.
inline int run_program(const char* name, int (*run)(int, char**), int count, char** arguments) {
  try {
    return run(count, arguments);
  } catch (const std::exception& error) {
    std::cerr << name << ": " << error.what() << '\n';
    return 1;
  }
}

}  // namespace edgesurvey::bench

// The pure hot paths, each as a function that does the same work at every call: Google Benchmark times them,
// and callgrind counts their instructions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace edgesurvey::bench {

struct HotPath {
  std::string name;                    // "schedule step"
  std::size_t units = 1;               // how many of them one call does
  std::function<std::uint64_t()> run;  // the number depends on all that was done, so that none is left out
};

// Sets up what they work on. Reports are read from a journal in a temporary file that is gone with the
// process.
std::vector<HotPath> hot_paths();

}  // namespace edgesurvey::bench

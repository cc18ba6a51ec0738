// Runs each pure hot path once under callgrind, between two marks: what callgrind dumps at a mark is the
// path's alone. A first call beforehand makes caches and tables grow, as in a survey's steady state.
#include <valgrind/callgrind.h>

#include <iostream>

#include "bench/hot_paths.hpp"

int main() {
  std::uint64_t sum = 0;
  for (auto& path : edgesurvey::bench::hot_paths()) {
    sum += path.run();
    CALLGRIND_ZERO_STATS;
    sum += path.run();
    CALLGRIND_DUMP_STATS_AT(path.name.c_str());
    std::cout << path.units << ' ' << path.name << '\n';
  }
  return sum == 0 ? 1 : 0;
}

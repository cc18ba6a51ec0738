// What this process has used of the processor, in seconds, by the kernel's own account.
#pragma once

#include <sys/resource.h>

namespace edgesurvey::bench {

struct Processor {
  double user = 0;
  double system = 0;

  double both() const { return user + system; }
};

inline Processor processor_time() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return {seconds(usage.ru_utime), seconds(usage.ru_stime)};
}

}  // namespace edgesurvey::bench

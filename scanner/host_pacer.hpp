// The pace that one host is promised, the kernel's resends included: these leave by themselves while a probe
// is waited for with patience, so their times are booked when it starts, and what else is asked keeps its
// distance.
#pragma once

#include <cstdint>
#include <vector>

#include "scanner/pacer.hpp"

namespace edgesurvey {

class HostPacer {
 public:
  // per_second: SYNs a second at most, 0 for no limit.
  explicit HostPacer(double per_second);

  // The first time from `earliest` on at which a probe of so many SYNs, one a second, may start.
  Time ready_at(Time earliest, unsigned syns) const;
  // Such a probe starts.
  void take(std::uint32_t probe, Time now, unsigned syns);
  // The one taken last left only at `when`, and its resends as much later.
  void left_at(Time when);
  // The probe ended: its later resends do not leave any more.
  void ended(std::uint32_t probe, Time now);

 private:
  struct Resend {
    Time at;       // when it leaves
    Time counted;  // when the pace would have it leave: later, where that is less than a SYN a second
    std::uint32_t probe;
  };
  Pacer pacer_;
  std::vector<Resend> resends_;
  Time taken_{};  // when the last probe started
  std::uint32_t last_ = 0;
};

}  // namespace edgesurvey

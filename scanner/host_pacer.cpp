#include "scanner/host_pacer.hpp"

#include <algorithm>

#include "scanner/probe.hpp"

namespace edgesurvey {
namespace {

// Even spacing with a little air: timers and networks bunch packets, and the host's own count over any second
// must stay within the promised rate, not average to it.
constexpr double spacing_air = 1.07;

}  // namespace

HostPacer::HostPacer(double per_second) : pacer_(per_second / spacing_air) {}

Time HostPacer::ready_at(Time earliest, unsigned syns) const {
  Time start = std::max(earliest, pacer_.ready_at());
  const Duration spacing = pacer_.spacing();
  for (std::size_t i = 0; i < resends_.size();) {
    Time clear = start;
    for (unsigned syn = 0; syn < syns; ++syn) {
      const Time leaves = clear + syn * first_resend;
      if (leaves > resends_[i].counted - spacing && leaves < resends_[i].counted + spacing)
        clear += resends_[i].counted + spacing - leaves;
    }
    i = clear == start ? i + 1 : 0;
    start = clear;
  }
  return start;
}

void HostPacer::take(std::uint32_t probe, Time now, unsigned syns) {
  pacer_.take(now);
  std::erase_if(resends_, [&](const Resend& resend) { return resend.counted + pacer_.spacing() <= now; });
  const Duration apart = std::max<Duration>(first_resend, pacer_.spacing());
  for (unsigned syn = 1; syn < syns; ++syn)
    resends_.push_back({now + syn * first_resend, now + syn * apart, probe});
  taken_ = now;
  last_ = probe;
}

void HostPacer::left_at(Time when) {
  pacer_.left_at(when);
  if (when <= taken_) return;
  for (Resend& resend : resends_) {
    if (resend.probe != last_) continue;
    resend.at += when - taken_;
    resend.counted += when - taken_;
  }
  taken_ = when;
}

void HostPacer::ended(std::uint32_t probe, Time now) {
  std::erase_if(resends_, [&](const Resend& resend) { return resend.probe == probe && resend.at > now; });
}

}  // namespace edgesurvey

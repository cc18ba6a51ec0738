#include "tests/lab/farm/intrusion.hpp"

#include <algorithm>

namespace edgesurvey::farm {
namespace {

constexpr std::size_t max_sources = 64;

}  // namespace

IntrusionPrevention::Source& IntrusionPrevention::source_of(const Ip& address) {
  const auto found = std::find_if(sources_.begin(), sources_.end(),
                                  [&](const Source& known) { return known.address == address; });
  if (found != sources_.end()) return *found;
  if (sources_.size() == max_sources) sources_.erase(sources_.begin());
  return sources_.emplace_back(Source{address, {}, false, Time{0}});
}

bool IntrusionPrevention::blocks(const Ip& source, Time now) {
  auto& from = source_of(source);
  if (from.blocked && ips_.block_s > 0 && now >= from.until) from.blocked = false;
  return from.blocked;
}

void IntrusionPrevention::saw(const Ip& source, std::uint64_t target, bool refused, Time now) {
  if (ips_.counts == Ips::Counts::refused && !refused) return;
  auto& from = source_of(source);
  const auto oldest = now - from_s(ips_.window_s);
  std::erase_if(from.recent, [&](const Sighting& s) { return s.target == target || s.at < oldest; });
  from.recent.push_back({target, now});
  if (from.recent.size() < ips_.threshold) return;
  from.blocked = true;
  from.until = now + from_s(ips_.block_s);
  from.recent.clear();
  ++trips_;
}

}  // namespace edgesurvey::farm

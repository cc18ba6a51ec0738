#include "scanner/schedule/host_lanes.hpp"

#include <utility>

namespace edgesurvey {
namespace {

Time due_in(const HostScan& scan, HostLanes::Lane lane) {
  switch (lane) {
    case HostLanes::pressing:
      return scan.pressing_at();
    case HostLanes::patient:
      return scan.patient_at();
    default:
      return scan.look_at();
  }
}

}  // namespace

HostSlot HostLanes::add(std::unique_ptr<HostScan> scan) {
  auto slot = static_cast<HostSlot>(hosts_.size());
  if (free_.empty()) {
    hosts_.emplace_back();
  } else {
    slot = free_.back();
    free_.pop_back();
  }
  Host& host = hosts_[slot];
  host.scan = std::move(scan);
  host.queued.fill(Time::max());
  host.number = added_++;
  return slot;
}

void HostLanes::remove(HostSlot slot) {
  backlog_ -= std::exchange(hosts_[slot].unasked, 0);
  hosts_[slot].scan.reset();
  free_.push_back(slot);
}

void HostLanes::requeue(HostSlot slot) {
  Host& host = hosts_[slot];
  const std::size_t before = std::exchange(host.unasked, host.scan->unasked());
  backlog_ = backlog_ - before + host.unasked;
  for (const Lane lane : {pressing, patient, looks}) {
    const Time ready = due_in(*host.scan, lane);
    if (ready >= host.queued[lane]) continue;
    host.queued[lane] = ready;
    due_[lane].push({ready, order_++, slot});
  }
}

Time HostLanes::first_due(Lane lane) {
  HostQueue& queue = due_[lane];
  while (!queue.empty()) {
    const DueHost top = queue.top();
    Host& host = hosts_[top.slot];
    const bool holds = host.scan && host.queued[lane] == top.time;
    if (holds && due_in(*host.scan, lane) <= top.time) return top.time;
    queue.pop();
    if (!holds) continue;
    host.queued[lane] = Time::max();
    requeue(top.slot);
  }
  return Time::max();
}

HostSlot HostLanes::pop_first(Lane lane) {
  const HostSlot slot = due_[lane].top().slot;
  due_[lane].pop();
  return slot;
}

}  // namespace edgesurvey

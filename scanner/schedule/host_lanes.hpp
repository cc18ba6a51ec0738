// The hosts under way, each queued in lanes by when it wants something. What a host wants changes with every
// result: an entry that is in a lane for later than the host now has it goes stale, and is dropped when its
// time comes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <queue>
#include <vector>

#include "scanner/inquiry/host_scan.hpp"

namespace edgesurvey {

using HostSlot = std::uint32_t;

// A slot, due at a time; of those of one time the lowest order comes first.
struct DueHost {
  Time time;
  std::uint64_t order = 0;
  HostSlot slot = 0;

  bool operator>(const DueHost& other) const {
    return time != other.time ? time > other.time : order > other.order;
  }
};
using HostQueue = std::priority_queue<DueHost, std::vector<DueHost>, std::greater<>>;

class HostLanes {
 public:
  // For probes others wait for, for those that may be put off, and for a look at silences that are late.
  enum Lane : std::uint8_t { pressing, patient, looks, lanes };

  HostSlot add(std::unique_ptr<HostScan> scan);
  void remove(HostSlot slot);
  bool holds(HostSlot slot, std::uint64_t number) const {
    return hosts_[slot].scan && hosts_[slot].number == number;
  }
  HostScan& scan(HostSlot slot) { return *hosts_[slot].scan; }
  std::uint64_t number(HostSlot slot) const { return hosts_[slot].number; }  // in the order of admission
  std::size_t slots() const { return hosts_.size(); }
  std::size_t active() const { return hosts_.size() - free_.size(); }
  bool is_active(HostSlot slot) const { return hosts_[slot].scan != nullptr; }
  // Planned probes of all hosts that are to have their first attempt yet.
  std::size_t backlog() const { return backlog_; }

  // Puts the host into its lanes at its earliest times: to be called when it may want something else than
  // before.
  void requeue(HostSlot slot);
  // When the lane's first host is due, whose slot is at its top then; Time::max(): nobody is.
  Time first_due(Lane lane);
  // Takes the lane's first host from its top. It is not queued there for the same time again until it leaves.
  HostSlot pop_first(Lane lane);
  void leave(HostSlot slot, Lane lane) { hosts_[slot].queued[lane] = Time::max(); }

 private:
  struct Host {
    std::unique_ptr<HostScan> scan;
    std::array<Time, lanes> queued{};  // when each lane has it due; max: not in it
    std::uint64_t number = 0;
    std::size_t unasked = 0;  // what it has in backlog_
  };

  std::vector<Host> hosts_;
  std::vector<HostSlot> free_;
  std::array<HostQueue, lanes> due_;
  std::uint64_t order_ = 0;
  std::uint64_t added_ = 0;
  std::size_t backlog_ = 0;
};

}  // namespace edgesurvey

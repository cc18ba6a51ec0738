// A host's tries that have neither been answered nor given up yet, by what they are for.
#pragma once

#include <cstdint>

#include "scanner/evidence.hpp"
#include "scanner/inquiry/task.hpp"

namespace edgesurvey {

class InFlight {
 public:
  // evidence must outlive it, and have every port that is asked.
  explicit InFlight(const Evidence& evidence) : evidence_(evidence) {}

  void add(TryId id, Time now);
  // It was given up or given back, or has an answer to what was sent at `asked`. Precondition: it was added.
  void remove_silent(TryId id);
  void remove_answered(TryId id, Time asked);

  bool none() const { return all_ == 0; }
  // When the last of all tries was started, and the last of those that were answered; Time::min() for none.
  Time last_asked() const { return last_asked_; }
  Time last_heard() const { return last_heard_; }
  // First tries of planned ports.
  bool has_first_tries() const { return first_ > 0; }
  // When the first of those first tries was started, not before `since`, that narrow down a boundary (further
  // ones make sure of where a search has ended); Time::max() when there is none.
  Time first_of_search(Time since) const;
  // Tries of the last words.
  bool has_words() const { return words_ > 0; }
  // A service was repeated, and nothing that was asked since has answered: it may have been for the last
  // time.
  bool host_is_in_doubt() const { return in_doubt_since_ < Time::max(); }
  // When that was repeated; Time::max() if there is no doubt.
  Time in_doubt_since() const { return in_doubt_since_; }

 private:
  std::uint32_t& count_of(TryId id);

  const Evidence& evidence_;
  std::uint32_t all_ = 0;
  std::uint32_t first_ = 0;
  std::uint32_t search_ = 0;
  std::uint32_t words_ = 0;
  std::uint32_t others_ = 0;
  Time last_asked_{Time::min()};
  Time last_heard_{Time::min()};
  Time in_doubt_since_{Time::max()};
};

}  // namespace edgesurvey

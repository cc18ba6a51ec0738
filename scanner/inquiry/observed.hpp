// What is known of a host at one moment: the log and its evidence, seen by what the questions ask about.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <span>

#include "scanner/inquiry/attempt_log.hpp"
#include "scanner/inquiry/scan_rules.hpp"
#include "scanner/judging/range_picture.hpp"
#include "scanner/plan.hpp"

namespace edgesurvey {

// What the first half of a sample has shown. It stands at equal distances, so it finds every contiguous
// opening, or gap, that the whole sample is sure to find; the rest would narrow the interval of a share near
// 0 or 1, from 0-10.9 % to 0-5.6 % for 64 ports.
struct FirstHalf {
  enum class Shows : std::uint8_t {
    not_yet,  // it is not asked, or too much of it is awaited
    alike,    // all that has answered did so alike, and the few silences are lost packets as far as is known
    silence,  // no answer, and more silences than a few lost packets
    mixed,    // some was passed and some was not
  };
  Shows shows = Shows::not_yet;
  bool any_answer = false;
};

// Of so many ports more than one that is out of line is hardly lost, or held up: packets get lost, or late,
// at a few percent (Y. Zhang et al., IMW 2001, see loss_model.hpp), and one in eight is 12 %.
inline constexpr std::size_t ports_a_loss = 8;

// How many ports of one role met each fate.
struct FateCounts {
  std::array<unsigned, 7> of{};
  bool any_late = false;     // see Tries::late
  bool any_silence = false;  // an attempt was waited for to its end

  unsigned operator[](Fate fate) const { return of[static_cast<std::size_t>(fate)]; }
  unsigned by_host() const { return (*this)[Fate::open] + (*this)[Fate::refused]; }
  unsigned answers() const { return by_host() + (*this)[Fate::icmp]; }
};

// How many ports of the plan's sample come first that may be enough; all of it where no half may do.
std::size_t first_part_of_sample(const ProbePlan& plan, const ScanRules& rules);

class Observed {
 public:
  // All references must outlive it.
  Observed(const AttemptLog& log, const ProbePlan& plan, const ScanRules& rules, Time now,
           bool favour_latency);

  const AttemptLog& log() const { return log_; }
  const ProbePlan& plan() const { return plan_; }
  const Evidence& evidence() const { return log_.evidence(); }
  std::span<const PortEvidence> ports() const { return evidence().ports; }
  const ScanRules& rules() const { return rules_; }
  Time at() const { return now_; }
  // Whether the survey soon waits for this host: rather more ports at once than more rounds.
  bool favours_latency() const { return favour_latency_ && !rules_.is_slow(); }

  // Asked and not answered for so long, a port is late: what rests on it goes on as if it were silent.
  Fate fate(std::size_t index) const {
    const Tries& tries = log_.tries(index);
    if (tries.in_flight == 0 || tries.fate >= Fate::icmp) return tries.fate;
    return tries.last < late_before_ ? Fate::silent : Fate::awaited;
  }
  // When the next answer that is awaited will be late; Time::max() for none.
  Time next_late_at() const;
  // Of the sample as far as it was asked in order; ports of edges are Role::boundary.
  const FateCounts& count(Role role) const { return counts_[static_cast<std::size_t>(role)]; }
  // The index of a port that was asked, planned or not.
  std::optional<std::size_t> asked(Port port) const;

  bool host_answered() const;  // by a SYN-ACK or a RST, from whatever port
  bool range_refused() const;  // a RST came from inside the range
  // Something in the range answered that says nothing of it unless controls are silent: a RST, or an open
  // port that is not one of CLS, which speaks for itself.
  bool rests_on_controls() const;
  // A dozen sample ports accepted, and so did every control: a middlebox accepts on every port.
  bool accepts_everything() const;
  // Of relays those that have 5.7 % of their ports in use look like an agent most often: 0.14 % of them have
  // two or three of the CLS ports in use, and none of 32 others; 0.02 % none of 64.
  bool agent_shows() const { return count(Role::cls)[Fate::open] >= 2; }
  // How often a silence is asked that is doubted: once more where packets are seen to be lost, or answers to
  // be rate-limited.
  unsigned tries_at_doubt() const;

  // The service that shows best that the host lives is not answering: it was asked, is late, and nothing that
  // was sent since has answered. Nothing more is asked until that is settled.
  bool is_in_doubt() const { return in_doubt_; }
  // The liveness check found that the host has stopped responding.
  bool stopped_responding() const { return stopped_responding_; }
  // The media range as it shows by now; made when it is first asked for.
  const RangePicture& picture() const;

  std::size_t half_of_sample() const { return half_; }  // how many ports; all of them where no half may do
  const FirstHalf& first_half() const { return first_half_; }
  // Whether the second half of the sample would be worth asking, were the host known to live.
  bool rest_is_wanted() const;
  std::size_t sample_asked() const;  // how many ports, in order
  // How many ports of the sample, and of the plan, are to have their first attempt yet, as far as is known.
  std::size_t sample_left() const;
  std::size_t unasked() const;

  // How often a port may be asked for the question in all.
  unsigned most_tries(const Question& question) const { return std::min(question.tries, rules_.retries + 1); }
  // When a question may ask a port that has not answered but with a routing error, by its number of tries and
  // the distance between them; max: not any more.
  Time next_try(std::size_t index, const Question& question) const;
  // The wanted port of these that may be asked first. wanted(index) -> bool.
  template <typename Indices, typename Wanted>
  Want first_of(const Indices& indices, const Question& question, Wanted wanted) const {
    Want want;
    for (const std::size_t i : indices) {
      if (!wanted(i)) continue;
      const Port port = ports()[i].port;
      want.take_if_earlier({next_try(i, question), port, log_.tries(i).made > 0 && !is_cls_port(port)});
      if (want.not_before <= now_) break;
    }
    return want;
  }

 private:
  std::array<FateCounts, 5> count_fates() const;
  bool find_doubt() const;
  FirstHalf look_at_first_half() const;

  const AttemptLog& log_;
  const ProbePlan& plan_;
  const ScanRules& rules_;
  const Time now_;
  const Time late_before_;
  const std::size_t half_;
  const bool favour_latency_;
  const std::array<FateCounts, 5> counts_;  // by role
  const bool in_doubt_;
  const bool stopped_responding_;
  const FirstHalf first_half_;
  mutable std::optional<RangePicture> picture_;
};

// The port that shows best that the host lives, as an index: an open service before any other answer of the
// host, that before an ICMP error, the earlier answer before the later. nullopt when nothing answered.
std::optional<std::size_t> liveness_port(const Evidence& evidence);

}  // namespace edgesurvey

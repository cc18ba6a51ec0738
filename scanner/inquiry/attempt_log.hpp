// Everything that was asked of one host, and what came of it: an append-only log, and the evidence, which is
// a fold over it. All that the inquiry knows of a host is derived from here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "scanner/evidence.hpp"
#include "scanner/inquiry/question.hpp"
#include "scanner/judging/refusal_origin.hpp"
#include "scanner/plan.hpp"
#include "scanner/rtt.hpp"

namespace edgesurvey {

// Names an attempt of a host: its place in the log.
using AttemptId = std::uint32_t;

struct Attempt {
  enum class End : std::uint8_t { none, answered, silent, failed_here, returned };

  QuestionId question;
  AnswersFor answers_for;
  End end = End::none;
  std::uint8_t number = 1;  // of those at its port for the same kind of evidence, from 1
  std::uint32_t index = 0;  // of its port in the evidence's ports
  Time sent;

  bool awaited() const { return end == End::none; }
};

// What became of the attempts at a port.
enum class Fate : std::uint8_t {
  unasked,
  awaited,  // its answer may still come in time
  silent,   // none came, or it is late
  failed,   // we could not ask
  icmp,     // refused by an ICMP error
  refused,  // by a RST
  open,
};

// The attempts at one port for its own state, in few bytes: all ports of many hosts are looked at again and
// again.
struct Tries {
  Time last{Time::min()};   // when the last was sent
  std::uint8_t made = 0;    // without those that failed here
  std::uint8_t failed = 0;  // here, in a row
  std::uint8_t in_flight = 0;
  Fate fate = Fate::unasked;  // by the attempts that have ended
  bool late = false;          // a further SYN was answered first: see PortEvidence::answered_late()
};

class AttemptLog {
 public:
  AttemptLog(const Address& address, const ProbePlan& plan, Duration timeout);

  // A port that is not in the evidence is added to it, with the role boundary.
  AttemptId start(const Question& question, Port port, Time now);
  // It was never sent, for want of a descriptor: as if it had not been started.
  void return_unsent(AttemptId id);
  void on_result(AttemptId id, const ProbeOutcome& outcome, Time now);
  // Nothing is started after that. Ports of the sample and of edges that nothing wanted to ask, or wants no
  // more since they were returned unsent, leave the evidence.
  void close();
  void cut_short() { evidence_.cut_short = true; }

  const std::vector<Attempt>& attempts() const { return attempts_; }
  std::size_t in_flight() const { return in_flight_; }

  // Folds over the above, kept because a host is looked at after every packet.
  const Evidence& evidence() const { return evidence_; }
  const Tries& tries(std::size_t index) const { return tries_[index]; }
  const RttEstimator& rtt() const { return rtt_; }
  // When the first SYN that was answered was sent; Time::min() for none.
  Time first_heard() const { return first_heard_; }
  // When the last attempt was sent that was answered; Time::min() for none.
  Time last_heard() const { return last_heard_; }
  const HostDistance& distance() const { return distance_; }

 private:
  std::size_t index_of(Port port) const;
  Recheck* recheck_of(const Attempt& attempt);
  Recheck& recheck_for(const Attempt& attempt);
  void note_port(const Attempt& attempt, unsigned syn, const ProbeOutcome& outcome, Time now);

  std::vector<Attempt> attempts_;
  std::vector<Tries> tries_;
  Evidence evidence_;
  RttEstimator rtt_;
  HostDistance distance_;
  Time first_heard_{Time::min()};
  Time last_heard_{Time::min()};
  std::size_t in_flight_ = 0;
};

}  // namespace edgesurvey

// The inquiry: all that a host may be asked, as one table in order of priority. A question wants ports by
// what was observed so far and knows no other question; what is asked next is the first one that wants a port
// now, and a host is finished when no question wants any.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "scanner/probe.hpp"

namespace edgesurvey {

class Observed;

enum class QuestionId : std::uint8_t {
  service,
  cls,
  cls_again,
  cls_neighbour,
  control,
  late_refusal,
  service_rtt,
  sample,
  sample_rest,
  range_edge,
  doubted_edge,
  cls_still_open,
  liveness,
};

// What the answers to a question are evidence of.
enum class AnswersFor : std::uint8_t {
  port,  // the state of the port
  rtt,   // how far away the host is, and nothing else
  // Checks, made when all else is answered or late:
  confirmation,  // whether an open CLS port is still open
  liveness,      // whether the host still answers
};

// How long the answer to the first attempt at a port is waited for; that to a further one as usual, but for
// CLS ports, whose answers decide, unless something in front of the host has refused them.
enum class Waiting : std::uint8_t {
  as_usual,  // see RttEstimator::wait(): one SYN
  patience,  // --patience, for what may decide by itself: the kernel sends a SYN a second meanwhile
  patience_of_second_syn,  // a second longer: should the first SYN be lost, the second is waited for as long
  patience_of_first_port,  // only the first port of a host with patience
};

// A port that a question wants, and from when on.
struct Want {
  Time not_before = Time::max();  // max: none
  Port port = 0;
  bool as_usual = false;  // its answer needs no patience (any more)
  bool can_wait = false;  // nothing follows on its answer soon: others may go first

  explicit operator bool() const { return not_before < Time::max(); }
  void take_if_earlier(const Want& other) {
    if (other.not_before < not_before) *this = other;
  }
};

struct Question {
  QuestionId id;
  std::string_view name;
  // The port it wants first; pure.
  Want (*wants)(const Observed&, const Question&);
  unsigned tries;  // attempts at a port until it has answered, those of other questions included
  Duration apart;  // from the attempt before, at least; an answer's time in any case
  Waiting waiting;
  AnswersFor answers_for;
  bool closing;              // asked only when no question before it wants anything, now or later
  std::string_view decides;  // one plain clause: what its answers decide
};

// The table.
std::span<const Question> inquiry();

std::string_view to_string(QuestionId id);
std::string_view to_string(Waiting waiting);

}  // namespace edgesurvey

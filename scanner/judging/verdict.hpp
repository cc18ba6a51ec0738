// What may be concluded about an address: closed sets, spelled the same in every report.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/judging/statistics.hpp"
#include "scanner/port_range.hpp"
#include "targets/port_set.hpp"

namespace edgesurvey {

enum class Verdict : std::uint8_t { cls_exposed, media_range_open, inconclusive, closed };  // worst first
inline constexpr std::array all_verdicts{Verdict::cls_exposed, Verdict::media_range_open,
                                         Verdict::inconclusive, Verdict::closed};

enum class VerdictReason : std::uint8_t {
  // cls-exposed
  cls_ports_open,       // 50001, 50002 and 50003 accepted, and still did at the end, or were all cut off
  some_cls_ports_open,  // one or two of them, or all of them but not at the end
  // media-range-open
  range_answers,    // RSTs from inside the range, not from outside it
  relay_port_open,  // a port in the range accepted
  no_firewall,      // the host itself answers everywhere
  // closed
  range_silent,    // nothing in the range answered from here, and the host lives
  range_rejected,  // refused alike inside and outside by something in front of the host, or by ICMP
  // inconclusive
  no_answer,           // nothing answered at all
  accepts_everything,  // open everywhere: a SYN proxy, scrubber or tarpit
  accepts_range_part,  // a run of ports around the CLS ports accepts: something answers for part of the range
  answers_everywhere,  // RST everywhere and the RTT cannot tell whose
  blocked_during_scan,  // the port that answered first did not answer at the end
  local_error,          // our own failure
  interrupted,          // the run ended first
};

enum class Confidence : std::uint8_t { high, medium, low };

// The share of 50000-59999 that the perimeter passes, estimated from a stratified sample.
struct RangeEstimate {
  std::uint32_t sampled = 0;  // sample ports that were judged
  std::uint32_t answered =
      0;                   // of them, those the host itself answered (RST or SYN-ACK) through the perimeter
  std::uint32_t open = 0;  // of them, those that accepted
  // answered / sampled with its 95 % interval; none when the verdict is inconclusive
  std::optional<Interval> share{};
  // The openings to the port, ascending; none unless the host's own refusals show where they begin and end.
  std::optional<std::vector<PortRange>> spans{};
};

struct Judgement {
  Verdict verdict = Verdict::inconclusive;
  VerdictReason reason = VerdictReason::no_answer;  // the one that decides
  std::vector<VerdictReason> reasons;               // every one that applied, the deciding one first
  Confidence confidence = Confidence::low;
  std::string explanation;  // one plain sentence: the evidence and the rival explanation
  PortSet cls_open;         // CLS ports that accepted
  RangeEstimate range;
};

std::string_view to_string(Verdict verdict);
std::string_view to_string(VerdictReason reason);
std::string_view to_string(Confidence confidence);
std::optional<Verdict> parse_verdict(std::string_view text);
std::optional<VerdictReason> parse_verdict_reason(std::string_view text);
std::optional<Confidence> parse_confidence(std::string_view text);

// The verdict a reason code belongs to (design: each code stands under one verdict).
Verdict verdict_of(VerdictReason reason);

// Whether the reason says something of us and nothing of the host: such a host was not looked at.
bool is_our_own_failure(VerdictReason reason);

// How much a verdict should worry the owner: closed 0, inconclusive 1, media-range-open 2, cls-exposed 3.
int severity(Verdict verdict);
inline Verdict worse(Verdict a, Verdict b) {
  return severity(a) >= severity(b) ? a : b;
}

}  // namespace edgesurvey

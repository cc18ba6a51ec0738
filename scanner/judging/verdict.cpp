#include "scanner/judging/verdict.hpp"

#include "scanner/name_table.hpp"

namespace edgesurvey {
namespace {

using namespace std::string_view_literals;

constexpr std::array verdict_names{"cls-exposed"sv, "media-range-open"sv, "inconclusive"sv, "closed"sv};
constexpr std::array reason_names{"cls-ports-open"sv,     "some-cls-ports-open"sv, "range-answers"sv,
                                  "relay-port-open"sv,    "no-firewall"sv,         "range-silent"sv,
                                  "range-rejected"sv,     "no-answer"sv,           "accepts-everything"sv,
                                  "accepts-range-part"sv, "answers-everywhere"sv,  "blocked-during-scan"sv,
                                  "local-error"sv,        "interrupted"sv};
constexpr std::array confidence_names{"high"sv, "medium"sv, "low"sv};

}  // namespace

std::string_view to_string(Verdict verdict) {
  return verdict_names.at(static_cast<std::size_t>(verdict));
}
std::string_view to_string(VerdictReason reason) {
  return reason_names.at(static_cast<std::size_t>(reason));
}
std::string_view to_string(Confidence confidence) {
  return confidence_names.at(static_cast<std::size_t>(confidence));
}

std::optional<Verdict> parse_verdict(std::string_view text) {
  return parse_name<Verdict>(verdict_names, text);
}
std::optional<VerdictReason> parse_verdict_reason(std::string_view text) {
  return parse_name<VerdictReason>(reason_names, text);
}
std::optional<Confidence> parse_confidence(std::string_view text) {
  return parse_name<Confidence>(confidence_names, text);
}

Verdict verdict_of(VerdictReason reason) {
  switch (reason) {
    case VerdictReason::cls_ports_open:
    case VerdictReason::some_cls_ports_open:
      return Verdict::cls_exposed;
    case VerdictReason::range_answers:
    case VerdictReason::relay_port_open:
    case VerdictReason::no_firewall:
      return Verdict::media_range_open;
    case VerdictReason::range_silent:
    case VerdictReason::range_rejected:
      return Verdict::closed;
    case VerdictReason::no_answer:
    case VerdictReason::accepts_everything:
    case VerdictReason::accepts_range_part:
    case VerdictReason::answers_everywhere:
    case VerdictReason::blocked_during_scan:
    case VerdictReason::local_error:
    case VerdictReason::interrupted:
      break;
  }
  return Verdict::inconclusive;
}

bool is_our_own_failure(VerdictReason reason) {
  return reason == VerdictReason::local_error || reason == VerdictReason::interrupted;
}

int severity(Verdict verdict) {
  switch (verdict) {
    case Verdict::cls_exposed:
      return 3;
    case Verdict::media_range_open:
      return 2;
    case Verdict::inconclusive:
      return 1;
    case Verdict::closed:
      break;
  }
  return 0;
}

}  // namespace edgesurvey

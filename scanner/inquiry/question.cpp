#include "scanner/inquiry/question.hpp"

#include <array>

#include "scanner/inquiry/loss_model.hpp"
#include "scanner/inquiry/questions.hpp"

namespace edgesurvey {
namespace {

using loss_model::outlasting;
using enum QuestionId;
using enum Waiting;
using Risk = loss_model::Risk;
using For = AnswersFor;

constexpr Duration late{};  // as soon as the answer to the attempt before is late
constexpr Duration never = Duration::max();

// clang-format off
constexpr std::array questions{
  //       id                      name                      wants                         tries apart                  waiting                 answers for        closing  decides
  Question{service,                "service",                wants::service,                3, outlasting(Risk::even), patience_of_first_port, For::port,         false,
           "whether the host lives, and how far away it is"},
  Question{cls,                    "cls",                    wants::cls,                    1, outlasting(Risk::low),  patience_of_second_syn, For::port,         false,
           "whether the logging service can be reached"},
  Question{cls_again,              "cls again",              wants::cls_again,              2, outlasting(Risk::low),  patience,               For::port,         false,
           "whether the logging service can be reached where the host was first heard after it was asked"},
  Question{cls_refused,            "cls refused",            wants::cls_refused,            2, outlasting(Risk::low),  patience,               For::port,         false,
           "whether a refusal of what decides was for a moment: one of several nodes, a route, a full queue"},
  Question{cls_neighbour,          "cls neighbour",          wants::cls_neighbour,          2, outlasting(Risk::even), as_usual,               For::port,         false,
           "whether the ports beside open CLS ports accept as well: then it is no agent that does"},
  Question{control,                "control",                wants::control,                1, never,                  as_usual,               For::port,         false,
           "whether ports outside the range are treated otherwise"},
  Question{control_again,          "control again",          wants::control_again,          2, outlasting(Risk::some), as_usual,               For::port,         false,
           "whether the silence of a control, on which an answer from the range rests, was a lost packet"},
  Question{doubtful_silence,       "doubtful silence",       wants::doubtful_silence,       3, outlasting(Risk::even), as_usual,               For::port,         false,
           "whether a silence among like answers of half the sample was a lost packet, so that half is enough"},
  Question{silence_beside_refusal, "silence beside refusal", wants::silence_beside_refusal, 3, outlasting(Risk::even), as_usual,               For::port,         false,
           "whether an opening of the range ends there, or a packet was lost"},
  Question{late_refusal,           "late refusal",           wants::late_refusal,           3, late,                   as_usual,               For::port,         false,
           "whether a refusal among sooner ones is the host's, or was held up on its way"},
  Question{service_rtt,            "service rtt",            wants::service_rtt,            6, late,                   as_usual,               For::rtt,          false,
           "whether refusals come from as far away as the host"},
  Question{sample,                 "sample",                 wants::sample,                 1, never,                  as_usual,               For::port,         false,
           "whether the range is passed: half of the sample, at equal distances"},
  Question{sample_rest,            "sample, rest",           wants::sample_rest,            1, never,                  as_usual,               For::port,         false,
           "how much of the range is passed, where the first half does not settle it"},
  Question{range_edge,             "range edge",             wants::range_edge,             1, never,                  as_usual,               For::port,         false,
           "where an opening of the range begins and ends, to the port"},
  Question{doubted_edge,           "doubted edge",           wants::doubted_edge,           3, outlasting(Risk::even), as_usual,               For::port,         false,
           "whether the silence at such an end was a lost packet"},
  Question{cls_still_open,         "cls still open",         wants::cls_still_open,         2, outlasting(Risk::low),  patience,               For::confirmation, true,
           "whether an open CLS port is the agent's, or a relay port that has gone meanwhile"},
  Question{liveness,               "liveness",               wants::liveness,               2, outlasting(Risk::low),  patience,               For::liveness,     true,
           "whether the host was with us to the end, or its silences mean nothing"},
};
// clang-format on

}  // namespace

std::span<const Question> inquiry() {
  return questions;
}

std::string_view to_string(Waiting waiting) {
  switch (waiting) {
    case Waiting::as_usual:
      break;
    case Waiting::patience:
      return "--patience";
    case Waiting::patience_of_second_syn:
      return "--patience and a second";
    case Waiting::patience_of_first_port:
      return "--patience for the first port";
  }
  return "as usual";
}

std::string_view to_string(QuestionId id) {
  for (const Question& question : questions)
    if (question.id == id) return question.name;
  return {};
}

}  // namespace edgesurvey

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
  Question{cls_again,              "cls again",              wants::cls_again,              3, outlasting(Risk::low),  patience,               For::port,         false,
           "whether a refusal was for a moment (one of several nodes, a route, a full queue), or a silence from before the host was up"},
  Question{cls_neighbour,          "cls neighbour",          wants::cls_neighbour,          2, outlasting(Risk::even), as_usual,               For::port,         false,
           "whether the ports beside open CLS ports accept as well: then it is no agent that does"},
  Question{control,                "control",                wants::control,                2, outlasting(Risk::some), as_usual,               For::port,         false,
           "whether ports outside the range are treated otherwise; again where an answer from the range rests on it"},
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
           "whether a silence at such an end, or amid refusals, was a lost packet"},
  Question{cls_still_open,         "cls still open",         wants::cls_still_open,         2, outlasting(Risk::low),  patience,               For::confirmation, true,
           "whether an open CLS port is the agent's, or a relay port that has gone meanwhile"},
  Question{liveness,               "liveness",               wants::liveness,               3, outlasting(Risk::low),  patience,               For::liveness,     true,
           "whether the host was with us to the end, or its silences mean nothing"},
};
// clang-format on

}  // namespace

std::span<const Question> inquiry() {
  return questions;
}

std::string_view to_string(Waiting waiting) {
  constexpr std::array<std::string_view, 4> names{"as usual", "--patience", "--patience and a second",
                                                  "--patience for the first port"};
  return names[static_cast<std::size_t>(waiting)];
}

std::string_view to_string(QuestionId id) {
  for (const Question& question : questions)
    if (question.id == id) return question.name;
  return {};
}

}  // namespace edgesurvey

#include "tests/accuracy/virtual/as_json.hpp"

#include <chrono>
#include <nlohmann/json.hpp>
#include <string_view>

namespace edgesurvey::virtual_farm {
namespace {

using nlohmann::json;

std::string_view text_of(AnswersFor kind) {
  switch (kind) {
    case AnswersFor::port:
      return "the port";
    case AnswersFor::rtt:
      return "the host's distance";
    case AnswersFor::confirmation:
      return "an open CLS port";
    case AnswersFor::liveness:
      return "the host's liveness";
  }
  return {};
}

json json_of(const Share& share) {
  return {{"hits", share.hits}, {"of", share.of}};
}

}  // namespace

std::string questions_json(std::span<const Question> questions) {
  json list = json::array();
  for (const Question& question : questions) {
    json apart = std::chrono::duration<double>(question.apart).count();
    if (question.apart == Duration::max()) apart = nullptr;
    list.push_back({{"name", question.name},
                    {"tries", question.tries},
                    {"apart", apart},
                    {"waiting", to_string(question.waiting)},
                    {"answers_for", text_of(question.answers_for)},
                    {"closing", question.closing},
                    {"decides", question.decides}});
  }
  return list.dump(1);
}

std::string result_json(const Result& result) {
  const Tally& tally = result.tally;
  return json{{"hosts", result.right.size()},
              {"right", result.right},
              {"syns", result.totals.syns},
              {"survey_seconds", result.totals.seconds},
              {"host_seconds", result.host_seconds},
              {"exposed_right", json_of(tally.exposed_right)},
              {"exposed_called_closed", json_of(tally.exposed_called_closed)},
              {"exposed_surely_closed", json_of(tally.exposed_surely_closed)},
              {"spans_exact", json_of(tally.spans_exact)},
              {"spans_exact_small", json_of(tally.spans_exact_small)},
              {"spans_true", json_of(tally.spans_true)},
              {"covered", json_of(tally.covered)}}
      .dump();
}

}  // namespace edgesurvey::virtual_farm

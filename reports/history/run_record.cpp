#include "reports/history/run_record.hpp"

#include <algorithm>
#include <boost/uuid/name_generator_sha1.hpp>
#include <boost/uuid/uuid.hpp>
#include <numeric>

#include "reports/json/json_writer.hpp"
#include "reports/text/timestamp.hpp"

namespace edgesurvey {
namespace {

// A random UUID, drawn once: the namespace of our runs.
constexpr boost::uuids::uuid runs_namespace{
    {0x6b, 0x1d, 0x0c, 0x52, 0x8e, 0x3f, 0x4d, 0x27, 0x9a, 0x41, 0xd5, 0x70, 0x2e, 0xf4, 0x93, 0x18}};

// As JSON, since a result is JSON: what it cannot hold (bytes that are not UTF-8) must not make the run
// another once it is read back.
RunIdentity identity_of(const RunFacts& run) {
  std::string text;
  JsonWriter json(text);
  json.begin_array();
  json.text(to_iso8601(run.started));
  json.number(run.seed);
  json.text(run.vantage);
  for (const auto& argument : run.arguments) json.text(argument);
  json.end_array();
  const auto uuid = boost::uuids::name_generator_sha1(runs_namespace)(text);
  RunIdentity identity{};
  std::copy(uuid.begin(), uuid.end(), identity.begin());
  return identity;
}

}  // namespace

std::uint64_t RunRecord::addresses() const {
  return std::accumulate(verdicts.begin(), verdicts.end(), std::uint64_t{0});
}

RunRecord record_of(const SurveySource& survey) {
  const auto& run = survey.run();
  const auto& summary = survey.summary();
  RunRecord record{.identity = identity_of(run),
                   .started = run.started,
                   .finished = run.finished,
                   .seed = run.seed,
                   .pace = run.pace,
                   .vantage = run.vantage,
                   .complete = run.complete,
                   .targets = summary.targets(),
                   .skipped = summary.skipped()};
  for (const auto verdict : all_verdicts) {
    record.verdicts.at(static_cast<std::size_t>(verdict)) = summary.count(verdict);
  }
  return record;
}

std::vector<std::string> vantages_of(const std::vector<RunRecord>& runs) {
  std::vector<std::string> vantages;
  for (const auto& run : runs) {
    if (std::find(vantages.begin(), vantages.end(), run.vantage) == vantages.end()) {
      vantages.push_back(run.vantage);
    }
  }
  return vantages;
}

}  // namespace edgesurvey

#include "reports/survey/run_json.hpp"

#include <array>
#include <utility>

#include "reports/text/timestamp.hpp"
#include "targets/text/text.hpp"

namespace edgesurvey {
namespace {

constexpr std::array all_skip_reasons{
    SkipReason::nxdomain,         SkipReason::no_address,     SkipReason::dns_timeout,
    SkipReason::dns_failure,      SkipReason::excluded,       SkipReason::out_of_scope,
    SkipReason::internal_address, SkipReason::hosted_service, SkipReason::interrupted};

// Faster than any network interface: a bound, not an opinion.
constexpr double max_rate = 1e12;

using LedgerRow = std::pair<const char*, std::uint64_t>;

std::array<LedgerRow, 7> rows_of(const ProbeLedger& probes) {
  return {{{"planned", probes.planned},
           {"open", probes.open},
           {"closed", probes.closed},
           {"filtered", probes.filtered},
           {"unknown", probes.unknown},
           {"not_run", probes.not_run},
           {"attempts", probes.attempts}}};
}

void check(const JsonCursor& json, std::uint64_t counted) {
  const auto given = json.number();
  if (given == counted) return;
  json.fail("is " + std::to_string(given) + ", but its parts add up to " + std::to_string(counted));
}

// Of a key given twice the last value counts, as in every JSON reader.
void write_tags(JsonWriter& json, const std::vector<Tag>& tags) {
  json.begin_object();
  for (auto tag = tags.begin(); tag != tags.end(); ++tag) {
    bool given_again = false;
    for (auto later = tag + 1; later != tags.end(); ++later) given_again |= later->key == tag->key;
    if (given_again) continue;
    json.text_key(tag->key);
    json.text(tag->value);
  }
  json.end_object();
}

}  // namespace

void write_tool(JsonWriter& json, const RunFacts& run) {
  json.begin_object();
  json.key("name");
  json.text("edgesurvey");
  json.key("version");
  json.text(run.tool_version);
  json.end_object();
}

void write_run(JsonWriter& json, const RunFacts& run) {
  json.begin_object();
  json.key("started");
  json.text(to_iso8601(run.started));
  json.key("finished");
  json.text(to_iso8601(run.finished));
  json.key("arguments");
  json.begin_array();
  for (const auto& argument : run.arguments) json.text(argument);
  json.end_array();
  json.key("seed");
  json.number(run.seed);
  json.key("pace");
  json.text(run.pace);
  json.key("rate");
  json.decimal(run.rate);
  json.key("host_rate");
  json.decimal(run.host_rate);
  json.key("vantage");
  json.text(run.vantage);
  json.key("complete");
  json.boolean(run.complete);
  json.end_object();
}

void write_target(JsonWriter& json, const TargetRow& target) {
  json.begin_object();
  json.key("name");
  json.text(target.name);
  json.key("source");
  json.text(target.source);
  json.key("line");
  json.number(target.line);
  json.key("tags");
  write_tags(json, target.tags);
  json.key("addresses");
  json.begin_array();
  for (const auto& address : target.addresses) json.text(address.to_string());
  json.end_array();
  json.key("verdict");
  target.verdict ? json.text(to_string(*target.verdict)) : json.null();
  json.key("skipped");
  target.skipped ? json.text(to_string(*target.skipped)) : json.null();
  json.key("detail");
  json.text(target.detail);
  json.end_object();
}

void write_share(JsonWriter& json, Verdict verdict, std::uint64_t count, const Interval& share) {
  json.key(to_string(verdict));
  json.begin_object();
  json.key("count");
  json.number(count);
  json.key("share");
  json.decimal(share.share);
  json.key("ci95");
  json.begin_array();
  json.decimal(share.low);
  json.decimal(share.high);
  json.end_array();
  json.end_object();
}

void write_summary(JsonWriter& json, const SurveySummary& summary) {
  json.begin_object();
  json.key("targets");
  json.number(summary.targets());
  json.key("addresses");
  json.number(summary.addresses());
  json.key("verdicts");
  json.begin_object();
  for (const auto verdict : all_verdicts) {
    write_share(json, verdict, summary.count(verdict), summary.share(verdict));
  }
  json.end_object();
  json.key("skipped");
  json.begin_object();
  for (const auto reason : all_skip_reasons) {
    json.key(to_string(reason));
    json.number(summary.skipped(reason));
  }
  json.end_object();
  json.key("probes");
  json.begin_object();
  for (const auto& [name, count] : rows_of(summary.probes())) {
    json.key(name);
    json.number(count);
  }
  json.end_object();
  json.end_object();
}

RunFacts read_run(const JsonCursor& tool, const JsonCursor& run) {
  RunFacts facts;
  facts.tool_version = tool.member("version").text();
  facts.started = run.member("started").parsed(parse_iso8601, "a time like 2015-03-02T09:30:00.250Z");
  facts.finished = run.member("finished").parsed(parse_iso8601, "a time like 2015-03-02T09:30:00.250Z");
  run.member("arguments").each([&](const JsonCursor& a) { facts.arguments.emplace_back(a.text()); });
  facts.seed = run.member("seed").number();
  facts.pace = run.member("pace").text();
  facts.rate = run.member("rate").decimal(0, max_rate);
  facts.host_rate = run.member("host_rate").decimal(0, max_rate);
  facts.vantage = run.member("vantage").text();
  facts.complete = run.member("complete").boolean();
  return facts;
}

TargetRow read_target(const JsonCursor& target) {
  TargetRow row;
  row.name = target.member("name").text();
  row.source = target.member("source").text();
  row.line = target.member("line").as<std::size_t>();
  target.member("tags").each_member([&](std::string_view key, const JsonCursor& value) {
    row.tags.push_back({.key = std::string(key), .value = std::string(value.text())});
  });
  target.member("addresses").each([&](const JsonCursor& address) {
    row.addresses.push_back(address.parsed(Address::parse, "an address"));
  });
  if (const auto skipped = target.find("skipped")) {
    row.skipped = skipped->parsed(parse_skip_reason, "a reason to skip");
  }
  row.detail = target.member("detail").text();
  return row;
}

void check_summary(const JsonCursor& summary, const SurveySummary& counted) {
  check(summary.member("targets"), counted.targets());
  check(summary.member("addresses"), counted.addresses());
  const auto verdicts = summary.member("verdicts");
  for (const auto verdict : all_verdicts) {
    check(verdicts.member(to_string(verdict)).member("count"), counted.count(verdict));
  }
  const auto probes = summary.member("probes");
  for (const auto& [name, count] : rows_of(counted.probes())) check(probes.member(name), count);
}

}  // namespace edgesurvey

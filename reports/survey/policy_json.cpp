#include "reports/survey/policy_json.hpp"

#include <ostream>

#include "policy/policy_file.hpp"
#include "reports/json/json_lines.hpp"
#include "reports/text/timestamp.hpp"

namespace edgesurvey {
namespace {

void write_text(JsonWriter& json, std::string_view key, std::string_view text) {
  json.key(key);
  json.text(text);
}

void write_verdicts(JsonWriter& json, std::string_view key, const std::vector<Verdict>& verdicts) {
  json.key(key);
  json.begin_array();
  for (const auto verdict : verdicts) json.text(to_string(verdict));
  json.end_array();
}

void write_hosts(JsonWriter& json, const HostSelector& hosts) {
  json.key(to_string(hosts.by()));
  json.begin_array();
  for (const auto& text : hosts.texts()) json.text(text);
  json.end_array();
}

void write_line(JsonWriter& json, std::size_t line) {
  json.key("line");
  json.number(line);
}

void write_expectation(JsonWriter& json, const Expectation& expectation) {
  json.begin_object();
  write_line(json, expectation.line);
  write_hosts(json, expectation.hosts);
  write_verdicts(json, "verdict", expectation.verdicts);
  write_text(json, "reason", expectation.reason);
  json.end_object();
}

void write_who_waives(JsonWriter& json, const Waiver& waiver) {
  write_text(json, "owner", waiver.owner);
  write_text(json, "reason", waiver.reason);
  write_text(json, "expires", to_string(waiver.expires));
}

void write_waiver(JsonWriter& json, const Waiver& waiver) {
  json.begin_object();
  write_line(json, waiver.line);
  write_hosts(json, waiver.hosts);
  write_verdicts(json, "verdict", waiver.verdicts);
  write_who_waives(json, waiver);
  json.end_object();
}

void write_policy_members(JsonWriter& json, const Policy& policy) {
  write_text(json, "source", policy.source);
  write_text(json, "judged_on", to_string(policy.judged_on));
  write_verdicts(json, "fail_on", policy.fail_on);
  json.key("expect");
  json.begin_array();
  for (const auto& expectation : policy.expectations) write_expectation(json, expectation);
  json.end_array();
  json.key("waivers");
  json.begin_array();
  for (const auto& waiver : policy.waivers) write_waiver(json, waiver);
  json.end_array();
}

void write_place(JsonWriter& json, std::string_view key, const auto* entry) {
  json.key(key);
  entry != nullptr ? json.number(entry->line) : json.null();
}

void append_decision(std::string& line, const HostSummary& host, const Decision& decision) {
  JsonWriter json(line);
  json.begin_object();
  write_text(json, "address", host.address.to_string());
  write_text(json, "verdict", to_string(host.verdict));
  write_text(json, "outcome", to_string(decision.outcome));
  write_place(json, "expect_line", decision.expectation);
  write_place(json, "waiver_line", decision.waiver);
  json.end_object();
}

bool says_something(const Decision& decision) {
  return decision.outcome != Outcome::kept || decision.expectation != nullptr;
}

std::vector<Verdict> read_verdicts(const JsonCursor& list) {
  std::vector<Verdict> verdicts;
  list.each([&](const JsonCursor& each) { verdicts.push_back(each.parsed(parse_verdict, "a verdict")); });
  return verdicts;
}

HostSelector read_hosts(const JsonCursor& entry) {
  for (const auto by : {SelectBy::name, SelectBy::block, SelectBy::tag}) {
    const auto list = entry.find(to_string(by));
    if (!list) continue;
    HostSelector hosts(by);
    list->each([&](const JsonCursor& each) {
      std::string why;
      if (!hosts.add(each.text(), why)) each.fail(why);
    });
    return hosts;
  }
  entry.fail("has no 'name', 'block' or 'tag'");
}

Day read_day(const JsonCursor& json) {
  const auto parse = [](std::string_view text) {
    return parse_iso8601(std::string(text) + "T00:00:00.000Z");
  };
  return std::chrono::floor<std::chrono::days>(json.parsed(parse, "a day like 2015-03-02"));
}

Expectation read_expectation(const JsonCursor& json) {
  return {.hosts = read_hosts(json),
          .verdicts = read_verdicts(json.member("verdict")),
          .reason = std::string(json.member("reason").text(max_reason_bytes)),
          .line = json.member("line").as<std::size_t>()};
}

Waiver read_waiver(const JsonCursor& json) {
  return {.hosts = read_hosts(json),
          .verdicts = read_verdicts(json.member("verdict")),
          .owner = std::string(json.member("owner").text(max_owner_bytes)),
          .reason = std::string(json.member("reason").text(max_reason_bytes)),
          .expires = read_day(json.member("expires")),
          .line = json.member("line").as<std::size_t>()};
}

}  // namespace

void write_policy(JsonWriter& json, const Policy& policy) {
  json.begin_object();
  write_policy_members(json, policy);
  json.end_object();
}

void write_judged_policy(const SurveySource& survey, const JudgedPolicy& judged, std::ostream& out) {
  std::string text;
  JsonWriter json(text);
  json.begin_object();
  write_policy_members(json, judged.policy());
  json.key("summary");
  json.begin_object();
  for (const auto outcome : all_outcomes) {
    json.key(to_string(outcome));
    json.number(judged.count(outcome));
  }
  json.end_object();
  out << text << ",\"hosts\":[";
  const auto for_each_said = [&](const auto& use) {
    survey.for_each_summary([&](const HostSummary& host) {
      if (says_something(judged.of(host.address))) use(host);
    });
  };
  write_lines(out, for_each_said, [&](std::string& line, const HostSummary& host) {
    append_decision(line, host, judged.of(host.address));
  });
  out << '}';
}

void write_decision(JsonWriter& json, const Decision& decision) {
  write_text(json, "policy", to_string(decision.outcome));
  if (decision.expectation != nullptr) {
    write_verdicts(json, "expected", decision.expectation->verdicts);
  } else {
    json.key("expected");
    json.null();
  }
  json.key("waived");
  if (decision.waiver == nullptr) return json.null();
  json.begin_object();
  write_who_waives(json, *decision.waiver);
  json.end_object();
}

Policy read_policy(const JsonCursor& json) {
  Policy policy;
  policy.source = json.member("source").text();
  policy.judged_on = read_day(json.member("judged_on"));
  policy.fail_on = read_verdicts(json.member("fail_on"));
  json.member("expect").each(
      [&](const JsonCursor& each) { policy.expectations.push_back(read_expectation(each)); });
  json.member("waivers").each([&](const JsonCursor& each) { policy.waivers.push_back(read_waiver(each)); });
  return policy;
}

}  // namespace edgesurvey

#include "reports/formats/sarif_result.hpp"

#include <algorithm>

#include "reports/formats/sarif_rules.hpp"
#include "reports/formats/target_lines.hpp"
#include "reports/survey/host_summary.hpp"
#include "reports/text/policy_text.hpp"
#include "reports/text/port_list.hpp"
#include "targets/text/text.hpp"

namespace edgesurvey {
namespace {

constexpr std::size_t max_names = 3;     // in a message
constexpr std::size_t max_related = 20;  // further lines of a result

void write_text(JsonWriter& json, std::string_view key, std::string_view text) {
  json.key(key);
  json.text(text);
}

void write_message(JsonWriter& json, std::string_view text) {
  json.key("message");
  json.begin_object();
  write_text(json, "text", text);
  json.end_object();
}

void write_physical_location(JsonWriter& json, const std::string& source, std::uint64_t line) {
  const std::string uri = file_uri(source);
  json.key("physicalLocation");
  json.begin_object();
  json.key("artifactLocation");
  json.begin_object();
  write_text(json, "uri", uri);
  if (!uri.starts_with("file:")) write_text(json, "uriBaseId", source_root);
  json.end_object();
  if (line > 0) {
    json.key("region");
    json.begin_object();
    json.key("startLine");
    json.number(line);
    json.end_object();
  }
  json.end_object();
}

void write_logical_location(JsonWriter& json, std::string_view name) {
  json.key("logicalLocations");
  json.begin_array();
  json.begin_object();
  write_text(json, "fullyQualifiedName", printable(name));
  write_text(json, "kind", "resource");
  json.end_object();
  json.end_array();
}

// The host itself, and the line of a file that named it.
void write_location(JsonWriter& json, std::string_view name, const TargetLines::Line* line) {
  json.key("locations");
  json.begin_array();
  json.begin_object();
  if (line != nullptr) write_physical_location(json, line->source, line->line);
  write_logical_location(json, name);
  json.end_object();
  json.end_array();
}

void write_related(JsonWriter& json, const std::vector<TargetLines::Line>& lines) {
  if (lines.size() < 2) return;
  json.key("relatedLocations");
  json.begin_array();
  for (std::size_t i = 1; i < std::min(lines.size(), 1 + max_related); ++i) {
    json.begin_object();
    write_physical_location(json, lines[i].source, lines[i].line);
    write_message(json, "This line leads to the same address.");
    json.end_object();
  }
  json.end_array();
}

std::string message_of(const HostReport& host, const std::string& reason) {
  std::string text = host.evidence.address.to_string();
  if (!host.names.empty()) {
    std::string names;
    for (std::size_t i = 0; i < std::min(host.names.size(), max_names); ++i) {
      names += (i == 0 ? "" : ", ") + sarif_text(host.names[i]);
    }
    if (host.names.size() > max_names) names += ", ...";
    text += " (" + names + ")";
  }
  return text + ": " + sarif_text(host.judgement.explanation) +
         " Confidence: " + std::string(to_string(host.judgement.confidence)) + "." +
         (reason.empty() ? "" : " Policy: " + sarif_text(reason) + ".");
}

// FNV-1a, 64 bits: stable over versions and machines, as std::hash is not.
std::string digest(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  std::string digits;
  for (int shift = 60; shift >= 0; shift -= 4) digits += "0123456789abcdef"[(hash >> shift) & 0xFU];
  return digits;
}

// primaryLocationLineHash is the one name that code scanning on GitHub goes by; made of the line's text
// there, it would lose the finding when the line is edited.
void write_fingerprints(JsonWriter& json, const HostReport& host) {
  const std::string identity =
      std::string(to_string(host.judgement.verdict)) + " " + host.evidence.address.to_string();
  json.key("partialFingerprints");
  json.begin_object();
  write_text(json, "addressAndRule/v1", identity);
  write_text(json, "primaryLocationLineHash", digest(identity) + ":1");
  json.end_object();
}

// "external": in a policy, not in the source that was scanned.
void write_suppressions(JsonWriter& json, const std::string& justification) {
  json.key("suppressions");
  json.begin_array();
  json.begin_object();
  write_text(json, "kind", "external");
  write_text(json, "status", "accepted");
  write_text(json, "justification", printable(justification));
  json.end_object();
  json.end_array();
}

void write_properties(JsonWriter& json, const HostReport& host, const Decision* decision) {
  json.key("properties");
  json.begin_object();
  write_text(json, "reason", to_string(host.judgement.reason));
  write_text(json, "confidence", to_string(host.judgement.confidence));
  write_text(json, "clsOpen", to_port_list(open_cls_ports(host)));
  json.key("rangeAnswered");
  json.number(host.judgement.range.answered);
  json.key("rangeSampled");
  json.number(host.judgement.range.sampled);
  if (decision != nullptr) write_text(json, "policy", to_string(decision->outcome));
  json.end_object();
}

bool could_not_look(SkipReason reason) {
  return reason == SkipReason::dns_timeout || reason == SkipReason::dns_failure ||
         reason == SkipReason::interrupted;
}

}  // namespace

std::string sarif_text(std::string_view untrusted) {
  std::string text;
  for (const char c : printable(untrusted)) {
    if (c == '{' || c == '}') text += c;
    if (c == '[' || c == ']') text += '\\';
    text += c;
  }
  return text;
}

void write_sarif_result(JsonWriter& json, const HostReport& host, const std::vector<TargetLines::Line>& lines,
                        const JudgedPolicy* policy) {
  const auto rule = sarif_rule_index(host.judgement.verdict);
  const auto* decision = policy != nullptr ? &policy->of(host.evidence.address) : nullptr;
  const auto reason = decision != nullptr ? why(policy->policy(), *decision) : "";
  const bool waived = decision != nullptr && decision->outcome == Outcome::waived;
  json.begin_object();
  write_text(json, "ruleId", to_string(host.judgement.verdict));
  json.key("ruleIndex");
  json.number(rule);
  write_text(json, "level", sarif_rules[rule].level);
  write_message(json, message_of(host, waived ? "" : reason));
  write_location(json, host.evidence.address.to_string(), lines.empty() ? nullptr : &lines.front());
  write_related(json, lines);
  write_fingerprints(json, host);
  if (waived) write_suppressions(json, reason);
  write_properties(json, host, decision);
  json.end_object();
}

void write_sarif_notification(JsonWriter& json, const TargetRow& target) {
  const auto reason = *target.skipped;
  json.begin_object();
  json.key("descriptor");
  json.begin_object();
  write_text(json, "id", to_string(reason));
  json.end_object();
  write_text(json, "level", could_not_look(reason) ? "error" : "note");
  std::string text = "Not probed: " + sarif_text(target.name) + ": " + std::string(to_string(reason)) + ".";
  if (!target.detail.empty()) text += " " + sarif_text(target.detail);
  write_message(json, text);
  const TargetLines::Line line{.source = target.source, .line = static_cast<std::uint32_t>(target.line)};
  write_location(json, target.name, is_from_file(target.source) ? &line : nullptr);
  json.end_object();
}

}  // namespace edgesurvey

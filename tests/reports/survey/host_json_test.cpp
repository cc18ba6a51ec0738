#include "reports/survey/host_json.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "reports/any_host.hpp"
#include "reports/small_survey.hpp"
#include "reports/survey/host_summary.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::testing;

namespace {

std::string json_of(const HostReport& host) {
  std::string text;
  append_host_json(text, host);
  return text;
}

HostReport read(const std::string& text) {
  JsonDocument document;
  return read_host_json(document.parse(text));
}

std::string complaint_about(nlohmann::json json, const std::string& pointer, const nlohmann::json& value) {
  json[nlohmann::json::json_pointer(pointer)] = value;
  try {
    read(json.dump());
  } catch (const ReadError& error) {
    return error.what();
  }
  return "none";
}

std::vector<PortEvidence> by_port(std::vector<PortEvidence> ports) {
  std::sort(ports.begin(), ports.end(),
            [](const PortEvidence& a, const PortEvidence& b) { return a.port < b.port; });
  return ports;
}

bool same(const PortEvidence& a, const PortEvidence& b) {
  return a.port == b.port && a.role == b.role && a.state == b.state && a.reason == b.reason &&
         a.rtt == b.rtt && a.attempts == b.attempts && a.icmp == b.icmp;
}

bool same(const Recheck& a, const Recheck& b) {
  return a.port == b.port && a.state == b.state && a.reason == b.reason && a.peer == b.peer &&
         a.attempts == b.attempts;
}

// JSON keeps six decimals of a share.
bool same(const std::optional<Interval>& a, const std::optional<Interval>& b) {
  const auto near = [](double x, double y) { return std::abs(x - y) < 1e-6; };
  if (!a || !b) return a.has_value() == b.has_value();
  return near(a->share, b->share) && near(a->low, b->low) && near(a->high, b->high);
}

void check_same(const HostReport& a, const HostReport& b) {
  const auto equal = [](const auto& x, const auto& y) { return same(x, y); };
  const auto ports_a = by_port(a.evidence.ports);
  const auto ports_b = by_port(b.evidence.ports);
  RC_ASSERT(a.evidence.address == b.evidence.address);
  RC_ASSERT(std::equal(ports_a.begin(), ports_a.end(), ports_b.begin(), ports_b.end(), equal));
  RC_ASSERT(std::equal(a.evidence.confirm.begin(), a.evidence.confirm.end(), b.evidence.confirm.begin(),
                       b.evidence.confirm.end(), equal));
  RC_ASSERT(a.evidence.liveness.has_value() == b.evidence.liveness.has_value());
  if (a.evidence.liveness) RC_ASSERT(same(*a.evidence.liveness, *b.evidence.liveness));
  RC_ASSERT(path_rtt(a.evidence) == path_rtt(b.evidence));
  RC_ASSERT(ledger_of(a.evidence) == ledger_of(b.evidence));
  RC_ASSERT(a.judgement.verdict == b.judgement.verdict);
  RC_ASSERT(a.judgement.reason == b.judgement.reason);
  RC_ASSERT(a.judgement.reasons == b.judgement.reasons);
  RC_ASSERT(a.judgement.confidence == b.judgement.confidence);
  RC_ASSERT(open_cls_ports(a) == open_cls_ports(b));
  RC_ASSERT(a.judgement.range.sampled == b.judgement.range.sampled);
  RC_ASSERT(a.judgement.range.answered == b.judgement.range.answered);
  RC_ASSERT(a.judgement.range.open == b.judgement.range.open);
  RC_ASSERT(same(a.judgement.range.share, b.judgement.range.share));
  RC_ASSERT(a.scanned_at == b.scanned_at);
}

}  // namespace

TEST_CASE("Any host that is written down is read back as it was") {
  REQUIRE(rc::check([] {
    const auto host = any_host();
    const auto again = read(json_of(host));
    check_same(host, again);
    RC_ASSERT(json_of(again) == json_of(read(json_of(again))));
  }));
}

TEST_CASE("What we write is JSON to another reader, too") {
  REQUIRE(rc::check([] {
    const auto host = any_host();
    const auto json = nlohmann::json::parse(json_of(host));
    RC_ASSERT(json["address"] == host.evidence.address.to_string());
    RC_ASSERT(json["attempts"] == ledger_of(host.evidence).attempts);
  }));
}

TEST_CASE("A text with control and turning characters comes back whole, and travels escaped") {
  auto host = quiet_host("192.0.2.1");
  host.judgement.explanation =
      "\x1b[31m \"quoted\" back\\slash \xE2\x80\xAE \xF3\xA0\x81\x81 \xF0\x9F\x98\x80";
  const auto text = json_of(host);
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.find("\\u202e") != std::string::npos);
  CHECK(text.find("\\udb40\\udc41") != std::string::npos);
  CHECK(read(text).judgement.explanation == host.judgement.explanation);
}

TEST_CASE("What does not fit is named by its path") {
  const auto json = nlohmann::json::parse(json_of(exposed_host("192.0.2.10")));
  CHECK(complaint_about(json, "/verdict", "secure") == "verdict: 'secure' is not a verdict");
  CHECK(complaint_about(json, "/verdict", 7) == "verdict: must be a string");
  CHECK(complaint_about(json, "/reason", "range-silent") ==
        "reason: 'range-silent' is no reason for cls-exposed");
  CHECK(complaint_about(json, "/address", "192.0.2.300") == "address: '192.0.2.300' is not an address");
  CHECK(complaint_about(json, "/ports/3/port", 65536) == "ports[3].port: 65536 is more than 65535");
  CHECK(complaint_about(json, "/ports/3/port", -1) == "ports[3].port: must be a whole number, zero or more");
  CHECK(complaint_about(json, "/ports/3/port", 50002) == "has port 50002 twice");
  CHECK(complaint_about(json, "/ports/3/rtt_us", nullptr) == "ports[3]: has no 'rtt_us'");
  CHECK(complaint_about(json, "/cls/open/0", 22) == "cls.open[0]: 22 is not among this host's CLS ports");
  CHECK(complaint_about(json, "/extra/0/ports", "5,4") == "extra[0].ports: '5,4' is not a list of ports");
  CHECK(complaint_about(json, "/range/ci95", {0.9, 0.1}) == "range.ci95: must be [low, high]");
  CHECK(complaint_about(json, "/range/share", 1.5) == "range.share: is out of bounds");
  CHECK(complaint_about(json, "/range/answered", 65) == "range: has more answers than samples");
  CHECK(
      complaint_about(json, "/scanned_at", "yesterday").starts_with("scanned_at: 'yesterday' is not a time"));
  CHECK(complaint_about(json, "/attempts", 1).starts_with("attempts: is 1, but its probes add up to"));
  CHECK(complaint_about(json, "/verdict", "\x1b[31m") == "verdict: '\\x1b[31m' is not a verdict");
}

TEST_CASE("Members that a later edgesurvey may add are left alone") {
  auto json = nlohmann::json::parse(json_of(exposed_host("192.0.2.10")));
  json["range"]["spans"] = {"50000-52999"};
  json["mood"] = {{"deep", {1, 2, 3}}};
  CHECK(read(json.dump()).judgement.verdict == Verdict::cls_exposed);
}

TEST_CASE("JSON nested without end is refused, not followed") {
  CHECK_THROWS_AS(read(std::string(100'000, '[')), ReadError);
  CHECK_THROWS_AS(read("{\"address\":" + std::string(100, '[') + std::string(100, ']') + "}"), ReadError);
}

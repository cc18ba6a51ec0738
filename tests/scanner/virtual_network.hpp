// A network in virtual time: hosts that behave as the design's cases A to G do, each with an RTT, a loss and
// perhaps an intrusion prevention system. Deterministic by its seed; knows no real clock and sends nothing.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <queue>
#include <stdexcept>
#include <vector>

#include "scanner/inquiry/host_scan.hpp"
#include "scanner/random.hpp"
#include "scanner/sample.hpp"

namespace edgesurvey::virtual_net {

// What sits at a port: the answer to a SYN that gets through.
enum class Behaviour : std::uint8_t { accept, refuse, ignore, reject_in_front, icmp };

struct Host {
  Behaviour service = Behaviour::accept;  // 443; the other services are ignored
  Behaviour cls = Behaviour::ignore;
  Behaviour range = Behaviour::ignore;
  Behaviour outside = Behaviour::ignore;
  Port passed_from = media_range_first;  // the part of the range that is passed; the rest is ignored
  Port passed_to = media_range_last;
  Duration rtt = std::chrono::milliseconds(40);
  Duration front_rtt = std::chrono::milliseconds(5);
  Duration cls_late{};           // so much later than others CLS ports answer
  double loss = 0;               // of each SYN with its answer
  unsigned blocks_after = 0;     // distinct refused ports until an IPS drops us; 0: there is none
  Time refuses_until{};          // CLS ports refuse before
  Time deaf_from = Time::max();  // a burst of loss that swallows every SYN
  Time deaf_until = Time::max();
};

// The design's table of section 2.
inline Host case_of(char letter) {
  using enum Behaviour;
  switch (letter) {
    case 'A':
      return {.cls = accept};
    case 'B':
      return {.cls = accept, .range = refuse};
    case 'C':
      return {};
    case 'D':
      return {.cls = reject_in_front, .range = reject_in_front, .outside = reject_in_front};
    case 'E':
      return {.cls = accept, .range = refuse, .outside = refuse};
    case 'F':
      return {.cls = accept, .range = accept, .outside = accept};
    default:
      return {};  // G looks as C does from outside
  }
}

// How a probe ends, and when.
struct Reply {
  ProbeOutcome outcome;
  Time at;
};

class HostModel {
 public:
  explicit HostModel(const Host& host, std::uint64_t seed) : host_(host), random_(seed) {}

  // Answers a probe that starts now, with the kernel's resends while it waits. Notes each SYN for counting.
  Reply probe(const HostProbe& probe, Time now) {
    Reply reply{{.state = PortState::filtered, .reason = Reason::no_response}, now + probe.wait};
    bool answered = false;
    for (unsigned syn = 0; syn < probe.syns; ++syn) {
      const Time sent = now + syn * first_resend;
      if (syn > 0 && sent >= reply.at) break;
      syns_.push_back(sent);
      if (answered) reply.outcome.rtt = Duration::zero();  // Karn's rule: which SYN was answered?
      if (answered) continue;
      if (auto outcome = answer(probe.port, sent)) {
        answered = sent + outcome->rtt <= now + probe.wait;
        if (!answered) continue;  // too late to be heard
        reply = {*outcome, sent + outcome->rtt};
        if (syn > 0) reply.outcome.rtt = Duration::zero();
      }
    }
    return reply;
  }

  const std::vector<Time>& syns() const { return syns_; }

 private:
  Behaviour behaviour(Port port) const {
    if (port == 443) return host_.service;
    if (port == 3478 || port == 5061) return Behaviour::ignore;
    if (is_cls_port(port)) return host_.cls;
    if (!in_media_range(port)) return host_.outside;
    return port >= host_.passed_from && port <= host_.passed_to ? host_.range : Behaviour::ignore;
  }

  std::optional<ProbeOutcome> answer(Port port, Time sent) {
    if (sent >= host_.deaf_from && sent < host_.deaf_until) return std::nullopt;
    if (static_cast<double>(random_.below(1'000'000)) < host_.loss * 1e6) return std::nullopt;
    if (host_.blocks_after > 0 && refused_.size() >= host_.blocks_after) return std::nullopt;
    const Duration late = is_cls_port(port) ? host_.cls_late : Duration::zero();
    const bool refuses_yet = is_cls_port(port) && sent < host_.refuses_until;
    switch (refuses_yet ? Behaviour::refuse : behaviour(port)) {
      case Behaviour::accept:
        return ProbeOutcome{
            .state = PortState::open, .reason = Reason::syn_ack, .rtt = jittered(host_.rtt) + late};
      case Behaviour::refuse:
        refused_[port] = true;
        return ProbeOutcome{
            .state = PortState::closed, .reason = Reason::conn_refused, .rtt = jittered(host_.rtt) + late};
      case Behaviour::reject_in_front:
        return ProbeOutcome{
            .state = PortState::closed, .reason = Reason::conn_refused, .rtt = jittered(host_.front_rtt)};
      case Behaviour::icmp:
        return ProbeOutcome{.state = PortState::filtered,
                            .reason = Reason::admin_prohibited,
                            .rtt = jittered(host_.front_rtt)};
      case Behaviour::ignore:
        if (in_media_range(port)) refused_[port] = true;
        break;
    }
    return std::nullopt;
  }

  // Up to 5 % later, as a quiet path is.
  Duration jittered(Duration rtt) { return rtt + rtt / 1000 * static_cast<Duration::rep>(random_.below(50)); }

  Host host_;
  SeededRandom random_;
  std::map<Port, bool> refused_;
  std::vector<Time> syns_;
};

// Scans one host to the end, or until `stop_at`. Every probe started is passed to `watch`.
inline Evidence scan(HostModel& model, const ProbePlan& plan, const ScanRules& rules,
                     const std::function<void(const HostProbe&, Time)>& watch = {},
                     Time stop_at = Time::max()) {
  struct Arrival {
    Time at;
    AttemptId id;
    ProbeOutcome outcome;
    bool operator>(const Arrival& other) const { return at > other.at; }
  };
  std::priority_queue<Arrival, std::vector<Arrival>, std::greater<>> arrivals;
  HostScan host(Address::v4({192, 0, 2, 1}), plan, rules);
  Time now{};
  for (int steps = 0; !host.finished(); ++steps) {
    if (steps > 200'000) throw std::runtime_error("the scan does not end");
    const Time ready = host.ready_at();
    const Time arrival = arrivals.empty() ? Time::max() : arrivals.top().at;
    now = std::max(now, std::min({ready, arrival, host.look_at()}));
    if (now >= stop_at) host.stop(now);
    if (arrival <= now) {
      host.on_result(arrivals.top().id, arrivals.top().outcome, now);
      arrivals.pop();
    } else if (host.ready_at() <= now) {
      const auto probe = host.start(now);
      if (!probe) continue;
      if (watch) watch(*probe, now);
      host.on_sent(now);
      const Reply reply = model.probe(*probe, now);
      arrivals.push({reply.at, probe->id, reply.outcome});
    } else if (host.look_at() <= now) {
      host.look(now);
    } else {
      now = arrival;  // stopped: what is in flight comes in
    }
  }
  return host.evidence();
}

// The most events in any window of this length, closed at its start and open at its end.
inline std::size_t most_within(std::vector<Time> events, Duration window) {
  std::sort(events.begin(), events.end());
  std::size_t most = 0;
  for (std::size_t first = 0, last = 0; last < events.size(); ++last) {
    while (events[last] - events[first] >= window) ++first;
    most = std::max(most, last - first + 1);
  }
  return most;
}

}  // namespace edgesurvey::virtual_net

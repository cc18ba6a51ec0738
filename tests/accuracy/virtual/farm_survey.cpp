#include "tests/accuracy/virtual/farm_survey.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>
#include <vector>

#include "scanner/judging/classify.hpp"
#include "tests/scanner/arrivals.hpp"

namespace edgesurvey::virtual_farm {
namespace {

constexpr std::size_t sample = 64;
constexpr std::size_t most_in_flight = 20'000;
// A connect measures so much more than the farm's spec says; see the farm's README.
constexpr Duration overhead = std::chrono::microseconds(200);
constexpr Duration watched = std::chrono::milliseconds(200);

Address address_of(const farm::Ip& ip) {
  return *Address::parse(to_string(ip));
}

farm::Time farm_time(Time time) {
  return std::chrono::duration_cast<farm::Time>(time.time_since_epoch());
}

ProbeOutcome outcome_of(const farm::Reaction& reaction, const farm::Host& host) {
  switch (reaction.answer) {
    case farm::Answer::syn_ack:
      return {.state = PortState::open, .reason = Reason::syn_ack};
    case farm::Answer::rst:
      return {.state = PortState::closed, .reason = Reason::conn_refused};
    case farm::Answer::icmp: {
      const auto [type, code] = host.firewall->icmp;
      const Address from = address_of(host.firewall->address);
      return {.state = PortState::filtered,
              .reason = reason_of_icmp(from.family(), type, code),
              .icmp = Icmp{type, code, from}};
    }
    case farm::Answer::silence:
      break;
  }
  return {.state = PortState::filtered, .reason = Reason::no_response};
}

struct Reply {
  Time at;
  ProbeOutcome outcome;
};

class Run {
 public:
  Run(const farm::Spec& spec, const Pace& pace, const Observer& observer)
      : spec_(spec),
        observer_(observer),
        plan_(sample, spec.seed),
        schedule_(plan_, pace.host, pace.survey, most_in_flight) {
    for (const auto& host : spec.hosts) {
      index_.emplace(address_of(host.address), models_.size());
      models_.emplace_back(host, spec.seed);
    }
  }

  Totals to_its_end() {
    Step step;
    do step = schedule_.next(now_);
    while (std::visit([this](auto& what) { return act(what); }, step));
    totals_.seconds = farm::in_s(farm_time(now_));
    return totals_;
  }

 private:
  bool act(const StartProbe& step) {
    schedule_.on_sent(step.ticket, now_);
    farm::HostModel& host = model_of(step.address);
    const Reply reply = ask(host, step.probe);
    observer_.on_probe({host, step.probe, reply.outcome, in_s(now_), in_s(reply.at)});
    arrivals_.add(reply.at, step.ticket, reply.outcome);
    return true;
  }

  bool act(const AdmitHost&) {
    if (admitted_ == spec_.hosts.size())
      schedule_.no_more_hosts();
    else
      schedule_.admit(address_of(spec_.hosts[admitted_++].address));
    return true;
  }

  bool act(const HostFinished& step) {
    const farm::HostModel& host = model_of(step.evidence.address);
    const auto first = host.counters().first;
    observer_.on_host(
        {host, classify(step.evidence), first ? farm::in_s(farm_time(now_) - *first) : 0, in_s(now_)});
    return true;
  }

  bool act(const WaitUntil& step) {
    now_ = std::max(now_, std::min(step.time, arrivals_.next()));
    arrivals_.deliver(now_, schedule_);
    return true;
  }

  bool act(const Finished&) { return false; }

  // As a kernel asks: a SYN, and one more each second until an answer comes or the deadline does; the answer
  // to the first may come when more were sent. An answer once a SYN was resent has no RTT (Karn's rule).
  Reply ask(farm::HostModel& host, const HostProbe& probe) {
    const Time deadline = now_ + probe.wait;
    Reply first{.at = deadline, .outcome = {.state = PortState::filtered, .reason = Reason::no_response}};
    for (Time sent = now_; sent < first.at; sent += first_resend) {
      ++totals_.syns;
      const auto reaction = host.on_syn(spec_.client_v4, probe.port, farm_time(sent));
      const Time back = sent + reaction.after + overhead;
      if (reaction.answer == farm::Answer::silence || back >= first.at) continue;
      first = {.at = back, .outcome = outcome_of(reaction, host.spec())};
      if (sent == now_ && back < now_ + first_resend) first.outcome.rtt = back - sent;
    }
    if (first.outcome.state == PortState::open && probe.technique == Technique::watch) {
      first.outcome.peer = PeerAct::idle;
      first.at += watched;
    }
    return first;
  }

  farm::HostModel& model_of(const Address& address) { return models_[index_.at(address)]; }
  static double in_s(Time time) { return farm::in_s(farm_time(time)); }

  const farm::Spec& spec_;
  const Observer& observer_;
  ProbePlan plan_;
  Schedule schedule_;
  Time now_{};
  std::size_t admitted_ = 0;
  std::vector<farm::HostModel> models_;
  std::unordered_map<Address, std::size_t> index_;
  virtual_net::Arrivals arrivals_;
  Totals totals_;
};

}  // namespace

Pace fast() {
  return {.survey = {.rate = 10'000}, .host = {.host_rate = 100}};
}

Pace normal() {
  return {.survey = {.rate = 500}, .host = {.host_rate = 4}};
}

Pace polite() {
  return {.survey = {.rate = 50}, .host = {.host_rate = 1}};
}

Totals survey(const farm::Spec& spec, const Pace& pace, const Observer& observer) {
  return Run(spec, pace, observer).to_its_end();
}

}  // namespace edgesurvey::virtual_farm

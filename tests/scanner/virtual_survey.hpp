// The engine's loop over a virtual network: drives a Schedule through a whole survey in virtual time, as
// scanner/net's engine does in real time, and keeps count of what a counter on the wire would see.
#pragma once

#include <functional>
#include <unordered_map>

#include "scanner/arrivals.hpp"
#include "scanner/schedule/schedule.hpp"
#include "scanner/virtual_network.hpp"

namespace edgesurvey::virtual_net {

struct SurveySetup {
  std::size_t hosts = 100;
  SurveyPace pace{};
  ScanRules rules{};
  std::size_t sample = 64;
  std::size_t max_in_flight = 1000;
  std::uint64_t seed = 1;
  double no_descriptor = 0;       // chance that no descriptor is to be had
  std::size_t most_returned = 0;  // at most so often; a survey without any descriptor would never end
  Duration stall{};               // the clock jumps so far ...
  std::size_t stall_every = 0;    // ... every so many probes; 0: never
  std::size_t stop_after = 0;     // stop() at this step; 0: never
  bool keep_syns = true;
  std::function<Host(std::size_t)> host = [](std::size_t i) { return case_of("ABCDEFG"[i % 7]); };
};

struct SurveyRun {
  std::vector<Evidence> finished;
  std::vector<Time> starts;             // of probes, in order
  std::vector<std::vector<Time>> syns;  // by host: SYNs on the wire, the kernel's resends included
  std::uint64_t steps = 0;
  std::uint64_t started = 0;
  std::uint64_t returned = 0;
  std::size_t most_active = 0;
  std::size_t most_in_flight = 0;
  std::size_t admitted = 0;
  bool waited_for_nothing = false;  // WaitUntil a time that is not ahead, or without anything to wait for
  Time ended{};
};

inline Address address_of(std::size_t host) {
  return *Address::v4({10, 0, 0, 0}).plus(host);
}
inline std::size_t host_of(const Address& address) {
  return static_cast<std::size_t>(distance(Address::v4({10, 0, 0, 0}), address));
}

class VirtualSurvey {
 public:
  explicit VirtualSurvey(const SurveySetup& setup)
      : setup_(setup),
        plan_(setup.sample, setup.seed),
        schedule_(plan_, setup.rules, setup.pace, setup.max_in_flight),
        random_(setup.seed) {
    if (setup.keep_syns) run_.syns.resize(setup.hosts);
  }

  SurveyRun run() {
    for (bool going = true; going;) {
      if (++run_.steps == setup_.stop_after) schedule_.stop(now_);
      going = std::visit([this](auto& step) { return act(step); }, step_ = schedule_.next(now_));
      run_.most_active = std::max(run_.most_active, schedule_.active_hosts());
      run_.most_in_flight = std::max(run_.most_in_flight, schedule_.in_flight());
    }
    run_.ended = now_;
    return std::move(run_);
  }

 private:
  bool act(StartProbe& step) {
    ++run_.started;
    if (setup_.keep_syns) run_.starts.push_back(now_);
    if (run_.returned < setup_.most_returned && chance(setup_.no_descriptor)) {
      ++run_.returned;
      schedule_.return_unsent(step.ticket, now_);
      return true;
    }
    schedule_.on_sent(step.ticket, now_);
    HostModel& model = models_.at(host_of(step.address));
    const Reply reply = model.probe(step.probe, now_);
    arrivals_.add(reply.at, step.ticket, reply.outcome);
    if (setup_.stall_every > 0 && run_.started % setup_.stall_every == 0) now_ += setup_.stall;
    arrivals_.deliver(now_, schedule_);
    return true;
  }

  bool act(AdmitHost&) {
    if (run_.admitted == setup_.hosts) {
      schedule_.no_more_hosts();
      return true;
    }
    const std::size_t host = run_.admitted++;
    models_.emplace(host, HostModel(setup_.host(host), setup_.seed * 7919 + host));
    schedule_.admit(address_of(host));
    return true;
  }

  bool act(HostFinished& step) {
    const std::size_t host = host_of(step.evidence.address);
    if (setup_.keep_syns) run_.syns[host] = models_.at(host).syns();
    models_.erase(host);
    run_.finished.push_back(std::move(step.evidence));
    if (!setup_.keep_syns && run_.finished.size() > 1000) forget();
    return true;
  }

  bool act(WaitUntil& step) {
    const Time arrival = arrivals_.next();
    run_.waited_for_nothing |= step.time <= now_ || std::min(step.time, arrival) == Time::max();
    if (run_.waited_for_nothing) return false;
    now_ = std::max(now_, std::min(step.time, arrival));
    arrivals_.deliver(now_, schedule_);
    return true;
  }

  bool act(Finished&) { return false; }

  // A million hosts' evidence would fill the memory; a survey writes it down and lets it go.
  void forget() {
    forgotten_ += run_.finished.size();
    run_.finished.clear();
  }

  bool chance(double p) { return static_cast<double>(random_.below(1'000'000)) < p * 1e6; }

 public:
  std::size_t forgotten() const { return forgotten_; }

 private:
  SurveySetup setup_;
  ProbePlan plan_;
  Schedule schedule_;
  SeededRandom random_;
  Step step_;
  Time now_{};
  std::unordered_map<std::size_t, HostModel> models_;
  Arrivals arrivals_;
  std::size_t forgotten_ = 0;
  SurveyRun run_;
};

// Every SYN that any host of the survey was sent.
inline std::vector<Time> on_the_wire(const SurveyRun& run) {
  std::vector<Time> all;
  for (const auto& syns : run.syns) all.insert(all.end(), syns.begin(), syns.end());
  return all;
}

inline SurveyRun survey(const SurveySetup& setup) {
  return VirtualSurvey(setup).run();
}

}  // namespace edgesurvey::virtual_net

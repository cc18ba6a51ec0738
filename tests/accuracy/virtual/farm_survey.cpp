#include "tests/accuracy/virtual/farm_survey.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>
#include <vector>

#include "scanner/judging/classify.hpp"
#include "tests/accuracy/virtual/convert.hpp"
#include "tests/accuracy/virtual/kernel.hpp"

namespace edgesurvey::virtual_farm {
namespace {

constexpr std::size_t sample = 64;
constexpr std::size_t most_in_flight = 20'000;

class Run {
 public:
  Run(const farm::Spec& spec, const Pace& pace, const Observer& observer)
      : spec_(spec),
        observer_(observer),
        plan_(sample, spec.seed),
        schedule_(plan_, pace.host, pace.survey, most_in_flight),
        models_(farm::models_of(spec)),
        kernel_(spec.client_v4) {
    for (std::size_t i = 0; i < models_.size(); ++i) index_.emplace(address_of(spec.hosts[i].address), i);
  }

  Totals to_its_end() {
    Step step;
    do step = schedule_.next(now_);
    while (std::visit([this](auto& what) { return act(what); }, step));
    return {.seconds = in_s(now_), .syns = kernel_.syns()};
  }

 private:
  bool act(const StartProbe& step) {
    schedule_.on_sent(step.ticket, now_);
    kernel_.start(model_of(step.address), step, now_);
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
    now_ = std::max(now_, std::min(step.time, kernel_.next()));
    kernel_.run_until(now_, [&](const Flight& flight) {
      observer_.on_probe({*flight.host, flight.step.probe, flight.outcome, in_s(flight.started), in_s(now_)});
      schedule_.on_result(flight.step.ticket, flight.outcome, now_);
    });
    return true;
  }

  bool act(const Finished&) { return false; }

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
  Kernel kernel_;
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

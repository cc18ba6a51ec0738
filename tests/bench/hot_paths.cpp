#include "bench/hot_paths.hpp"

#include <memory>
#include <ostream>
#include <streambuf>

#include "reports/big_survey.hpp"
#include "reports/formats/writers.hpp"
#include "reports/survey/journal.hpp"
#include "reports/temporary_folder.hpp"
#include "scanner/judging/classify.hpp"
#include "scanner/net/deadline_wheel.hpp"
#include "scanner/pacer.hpp"
#include "scanner/schedule/schedule.hpp"
#include "scanner/virtual_network.hpp"
#include "targets/target_list.hpp"

namespace edgesurvey::bench {
namespace {

using namespace std::chrono_literals;

// Counts what is written and keeps none of it.
class Drain final : public std::streambuf {
 public:
  std::uint64_t bytes = 0;

 protected:
  int_type overflow(int_type character) override {
    ++bytes;
    return traits_type::not_eof(character);
  }
  std::streamsize xsputn(const char* /*text*/, std::streamsize size) override {
    bytes += static_cast<std::uint64_t>(size);
    return size;
  }
};

// A survey in which every port of the media range refuses at once; a step is a probe begun and its answer
// taken.
class AnsweringSurvey {
 public:
  static constexpr std::size_t hosts = 100;

  std::uint64_t run() {
    Schedule schedule(plan_, rules_, {.rate = 1e6, .tolerance = 2ms}, 1000);
    std::size_t admitted = 0;
    probes_ = 0;
    for (Time now{}; step(schedule, schedule.next(now), admitted, now);) {
    }
    return probes_;
  }

 private:
  bool step(Schedule& schedule, const Step& step, std::size_t& admitted, Time& now) {
    if (const auto* start = std::get_if<StartProbe>(&step)) {
      schedule.on_sent(start->ticket, now);
      schedule.on_result(start->ticket, answer_, now);
      ++probes_;
    } else if (std::holds_alternative<AdmitHost>(step)) {
      admitted < hosts ? schedule.admit(Address::v4({10, 0, 0, 0}).plus(admitted).value())
                       : schedule.no_more_hosts();
      ++admitted;
    } else if (const auto* wait = std::get_if<WaitUntil>(&step)) {
      now = wait->time;
    }
    return !std::holds_alternative<Finished>(step);
  }

  ProbePlan plan_{64, 1};
  ScanRules rules_{.host_rate = 100};
  ProbeOutcome answer_{.state = PortState::closed, .reason = Reason::conn_refused, .rtt = 40ms};
  std::uint64_t probes_ = 0;
};

HotPath schedule_step() {
  auto survey = std::make_shared<AnsweringSurvey>();
  const std::uint64_t probes = survey->run();
  return {"schedule step", probes, [survey] { return survey->run(); }};
}

HotPath pacer() {
  constexpr std::size_t starts = 10'000;
  return {"pacer", starts, [] {
            Pacer pacer(10'000, 2ms);
            Time now{};
            for (std::size_t i = 0; i < starts; ++i) {
              now = std::max(now, pacer.ready_at());
              pacer.take(now);
              pacer.left_at(now + 1us);
            }
            return static_cast<std::uint64_t>(now.time_since_epoch().count());
          }};
}

HotPath deadlines() {
  constexpr DeadlineWheel::Slot slots = 10'000;
  auto wheel = std::make_shared<DeadlineWheel>();
  auto due = std::make_shared<std::vector<DeadlineWheel::Slot>>();
  return {"deadline", slots, [wheel, due] {
            due->clear();
            for (DeadlineWheel::Slot slot = 0; slot < slots; ++slot)
              wheel->insert(slot, Time{}, Time{} + 950ms + slot * 100us);
            for (DeadlineWheel::Slot slot = 0; slot < slots; slot += 2) wheel->erase(slot);
            wheel->take_due(Time{} + 3s, slots, *due);
            return std::uint64_t{due->size()};
          }};
}

HotPath classification() {
  const ProbePlan plan(64, 1);
  const ScanRules rules;
  auto cases = std::make_shared<std::vector<Evidence>>();
  for (const char letter : {'A', 'B', 'C', 'D', 'E', 'F', 'G'}) {
    virtual_net::HostModel model(virtual_net::case_of(letter), 1);
    cases->push_back(virtual_net::scan(model, plan, rules));
  }
  return {"classify", cases->size(), [cases] {
            std::uint64_t sum = 0;
            for (const auto& evidence : *cases) sum += static_cast<std::uint64_t>(classify(evidence).verdict);
            return sum;
          }};
}

HotPath target_parsing() {
  constexpr std::size_t lines = 1000;
  auto text = std::make_shared<std::string>();
  for (std::size_t i = 0; i < lines; ++i) {
    const std::string number = std::to_string(i);
    if (i % 3 == 0)
      *text += "edge-" + number + ".contoso.example org=Contoso role=av\n";
    else if (i % 3 == 1)
      *text += "198.18." + std::to_string(i % 256) + ".7\n";
    else
      *text += "2001:db8::" + number + "  # of last year's list\n";
  }
  return {"target line", lines, [text] {
            TargetList list;
            TargetParser(list).parse_text(*text, "edges.txt");
            return std::uint64_t{list.targets.size()};
          }};
}

HotPath report(const char* name, const std::shared_ptr<JournalSource>& survey, std::size_t hosts,
               void (*write)(const ReportInput&, std::ostream&)) {
  return {name, hosts, [survey, write] {
            Drain drain;
            std::ostream out(&drain);
            write(*survey, out);
            return drain.bytes;
          }};
}

}  // namespace

std::vector<HotPath> hot_paths() {
  constexpr std::size_t hosts = 500;
  const testing::TemporaryFolder folder;
  const std::string path = folder / "journal";
  testing::write_big_journal(path, hosts);
  const auto survey = std::make_shared<JournalSource>(path);
  return {schedule_step(),
          pacer(),
          deadlines(),
          classification(),
          target_parsing(),
          report("JSON host", survey, hosts, write_json),
          report("CSV row", survey, hosts, write_csv)};
}

}  // namespace edgesurvey::bench

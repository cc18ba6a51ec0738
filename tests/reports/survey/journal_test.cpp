#include "reports/survey/journal.hpp"

#include <sys/resource.h>

#include <csignal>
#include <sstream>

#include "reports/formats/writers.hpp"
#include "reports/small_survey.hpp"
#include "reports/survey/open_survey.hpp"
#include "reports/temporary_folder.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::testing;

namespace {

std::string json_of(const SurveySource& survey) {
  std::ostringstream out;
  write_json(survey, out);
  return out.str();
}

std::vector<std::string> addresses_of(const SurveySource& survey) {
  std::vector<std::string> addresses;
  survey.for_each_host([&](const HostReport& h) { addresses.push_back(h.evidence.address.to_string()); });
  return addresses;
}

// While it lives, no file of this process can grow beyond size: a disk that is full, for one process.
class FullDisk {
 public:
  explicit FullDisk(rlim_t size) : old_handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &old_);
    const rlimit limit{.rlim_cur = size, .rlim_max = old_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FullDisk() {
    ::setrlimit(RLIMIT_FSIZE, &old_);
    std::signal(SIGXFSZ, old_handler_);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

 private:
  rlimit old_{};
  void (*old_handler_)(int);
};

}  // namespace

TEST_CASE("Hosts come in the order of the first target that leads to them, each once, under every name") {
  const auto survey = small_survey();
  CHECK(addresses_of(*survey) == std::vector<std::string>{"192.0.2.10", "2001:db8::10", "192.0.2.9",
                                                          "192.0.2.12", "192.0.2.15",
                                                          "2001:db8:aaaa:bbbb:cccc:dddd:eeee:10"});
  const auto host = survey->host(address("192.0.2.10"));
  REQUIRE(host);
  CHECK(host->names ==
        std::vector<std::string>{"sip.contoso.example", "=cmd|'/C calc'!A0.<script>alert(1)</script>"});
  CHECK_FALSE(survey->host(address("192.0.2.11")));
}

TEST_CASE("A target's verdict is the worst of its addresses'") {
  std::vector<std::optional<Verdict>> verdicts;
  small_survey()->for_each_target([&](const TargetRow& t) { verdicts.push_back(t.verdict); });
  CHECK(verdicts.at(0) == Verdict::cls_exposed);  // the other address is closed
  CHECK(verdicts.at(3) == std::nullopt);
}

TEST_CASE("Two targets with the same text are two targets") {
  const TemporaryFolder folder;
  JournalWriter journal(folder / "j", small_run());
  for (std::uint64_t i = 0; i < 2; ++i) {
    journal.target(named_target("a.example", i + 1), resolved(i, {address("192.0.2.1")}));
  }
  journal.host(quiet_host("192.0.2.1"));
  const JournalSource survey(journal);
  CHECK(survey.summary().targets() == 2);
  CHECK(survey.host(address("192.0.2.1"))->names == std::vector<std::string>{"a.example"});
}

TEST_CASE("A journal that was cut anywhere still tells every host whose line is whole") {
  const TemporaryFolder folder;
  write_small_journal(folder / "whole");
  const std::string whole = text_of(folder / "whole");
  const auto first_line = whole.find('\n') + 1;
  for (std::size_t size = first_line; size < whole.size(); size += 97) {
    write_text(folder / "cut", std::string_view(whole).substr(0, size));
    const auto survey = open_survey(folder / "cut");
    std::size_t whole_hosts = 0;
    for (auto at = whole.find("{\"host\""); at < size; at = whole.find("{\"host\"", at + 1)) {
      if (whole.find('\n', at) < size) ++whole_hosts;
    }
    CHECK(survey->summary().addresses() == whole_hosts);
    CHECK(addresses_of(*survey).size() == whole_hosts);
    CHECK_FALSE(survey->run().complete);
    CHECK(survey->summary().probes().adds_up());
  }
}

TEST_CASE("A host whose target's line was lost is reported under its own address") {
  const TemporaryFolder folder;
  JournalWriter journal(folder / "j", small_run());
  for (const char* text : {"192.0.2.5", "192.0.2.6", "192.0.2.9"}) journal.host(quiet_host(text));
  const JournalSource survey(journal);
  std::vector<std::string> names;
  survey.for_each_target([&](const TargetRow& target) { names.push_back(target.name); });
  CHECK(names == std::vector<std::string>{"192.0.2.5-192.0.2.6", "192.0.2.9"});
  CHECK(addresses_of(survey).size() == 3);
  CHECK_FALSE(survey.run().complete);
}

TEST_CASE("A run is complete when its journal ended, every target is accounted for and every probe was run") {
  const TemporaryFolder folder;
  const auto complete_with = [&](const HostReport& host, bool claimed) {
    JournalWriter journal(folder / "j", small_run());
    journal.target(block_target("192.0.2.1", 1), resolved(0));
    journal.host(host);
    auto run = small_run();
    run.complete = claimed;
    journal.finish(run);
    return JournalSource(journal).run().complete;
  };
  auto not_run = quiet_host("192.0.2.1");
  not_run.evidence.ports.back().state = PortState::unknown;
  not_run.evidence.ports.back().reason = Reason::not_run;
  CHECK(complete_with(quiet_host("192.0.2.1"), true));
  CHECK_FALSE(complete_with(quiet_host("192.0.2.1"), false));
  CHECK_FALSE(complete_with(not_run, true));
  CHECK_FALSE(complete_with(quiet_host("192.0.2.2"), true));  // the target was not judged, another host was
}

TEST_CASE("A damaged line in the middle is an error that names the line") {
  const TemporaryFolder folder;
  write_small_journal(folder / "j");
  auto text = text_of(folder / "j");
  text.replace(text.find("range-silent"), 12, "range-asleep");
  write_text(folder / "j", text);
  CHECK_THROWS_WITH(open_survey(folder / "j"),
                    Catch::Contains(":2: host.reason: 'range-asleep' is not a reason"));
}

TEST_CASE("A full disk loses the line that did not fit and none before it") {
  const TemporaryFolder folder;
  JournalWriter journal(folder / "j", small_run());
  journal.target(block_target("192.0.2.0/24", 1), resolved(0));
  journal.host(quiet_host("192.0.2.1"));
  {
    const FullDisk full(text_of(folder / "j").size() + 100);
    CHECK_THROWS_WITH(journal.host(quiet_host("192.0.2.2")), Catch::Contains("File too large"));
  }
  CHECK(JournalSource(journal).summary().addresses() == 1);
  journal.host(quiet_host("192.0.2.3"));  // there is room again
  CHECK(addresses_of(JournalSource(folder / "j")) == std::vector<std::string>{"192.0.2.1", "192.0.2.3"});
}

TEST_CASE("A journal that cannot be made says why") {
  CHECK_THROWS_WITH(JournalWriter("/nonexistent/j", small_run()),
                    "could not write '/nonexistent/j': No such file or directory");
}

TEST_CASE("A temporary journal leaves nothing behind and is read through its writer") {
  auto journal = JournalWriter::temporary(small_run());
  journal.host(quiet_host("192.0.2.1"));
  CHECK_FALSE(std::filesystem::exists(journal.path()));
  CHECK(JournalSource(journal).summary().addresses() == 1);
}

TEST_CASE("The same journal gives the same report, byte for byte") {
  CHECK(json_of(*small_survey()) == json_of(*small_survey()));
}

#include "scanner/inquiry/question.hpp"

#include <set>
#include <string>

#include "scanner/scanned.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::virtual_net;
using namespace std::chrono_literals;

TEST_CASE("Each question has one row, an id and a name of its own") {
  std::set<QuestionId> ids;
  std::set<std::string> names;
  std::set<Want (*)(const Observed&, const Question&)> parts;
  for (const Question& question : inquiry()) {
    INFO(question.name);
    CHECK(ids.insert(question.id).second);
    CHECK(names.insert(std::string(question.name)).second);
    CHECK(parts.insert(question.wants).second);
    CHECK(to_string(question.id) == question.name);
  }
  CHECK(ids.size() == static_cast<std::size_t>(QuestionId::liveness) + 1);
}

TEST_CASE("Every question names what its answers decide, and is asked at least once") {
  for (const Question& question : inquiry()) {
    INFO(question.name);
    CHECK_FALSE(question.name.empty());
    CHECK(question.decides.size() > 20);
    CHECK(question.tries >= 1);
  }
}

TEST_CASE(
    "The table's order is the order of priority: services, CLS, controls, the sample, and what closes last") {
  bool closing = false;
  QuestionId before = QuestionId::service;
  for (const Question& question : inquiry()) {
    INFO(question.name);
    CHECK(question.id >= before);
    CHECK((question.closing || !closing));
    closing = question.closing;
    before = question.id;
  }
  CHECK(inquiry().back().id == QuestionId::liveness);
}

TEST_CASE("A host is finished when no question wants anything") {
  const ProbePlan plan(8, 1);
  static const std::array<Question, 1> services{row_of(QuestionId::service)};
  const ScanRules rules{.host_rate = 0, .questions = services};
  HostScan host(Address(), plan, rules);
  for (std::size_t i = 0; i < service_ports.size(); ++i) {
    const auto probe = host.start(Time{} + i * 20ms);
    REQUIRE(probe);
    CHECK(probe->question == QuestionId::service);
    host.on_result(probe->id, refused_after(20ms), Time{} + (i + 1) * 20ms);
  }
  CHECK(host.finished());
  CHECK_FALSE(host.start(Time{1h}));
  CHECK(port_of(host.evidence(), cls_ports[0]).reason == Reason::not_run);
}

TEST_CASE("Of no questions a host is finished at once") {
  const ProbePlan plan(8, 1);
  const ScanRules rules{.questions = {}};
  const HostScan host(Address(), plan, rules);
  CHECK(host.finished());
  CHECK(host.ready_at() == Time::max());
  CHECK(host.look_at() == Time::max());
}

#include "scanner/inquiry/word_tries.hpp"

#include "support/catch.hpp"

using namespace edgesurvey;
using namespace std::chrono_literals;

namespace {

// Of a host that began at 0 and whose answers take 20 ms: they are late after 150.
struct Words {
  explicit Words(unsigned retries) : rules{.retries = retries} {
    rtt.add_syn_ack(20ms);
    tries.began(Time{});
  }

  // When it is asked again once it was asked for this time; Time::max() if it is not.
  Time after(TaskId task, unsigned attempts, Time now, bool hurries) {
    agenda.clear();
    tries.asked(task, attempts, now, hurries);
    return agenda.next_due();
  }

  ScanRules rules;
  Evidence evidence;
  InFlight in_flight{evidence};
  RttEstimator rtt{one_syn_wait};
  Agenda agenda;
  WordTries tries{rules, in_flight, rtt, agenda};
};

}  // namespace

TEST_CASE(
    "In haste the bracket has a try more, when spells since its first and since the host's have passed") {
  Words words(2);
  CHECK(words.after(bracket_task, 1, Time{10s}, true) == Time{10s + 150ms});
  CHECK(words.after(bracket_task, 2, Time{10s + 150ms}, true) == Time{10s + 150ms + 150ms + 300ms});
  CHECK(words.after(bracket_task, 3, Time{10s + 600ms}, true) == Time{11s});
  CHECK(words.after(bracket_task, 4, Time{11s}, true) == Time::max());
  CHECK(words.after(bracket_task, 1, Time{1s}, true) == Time{1s + 150ms});
  CHECK(words.after(bracket_task, 3, Time{1s + 600ms}, true) == Time{2700ms});
}

TEST_CASE(
    "A confirmation has no more tries than other ports, and where there is time neither has the bracket") {
  Words words(2);
  CHECK(words.after(confirm_task(0), 1, Time{10s}, true) == Time{10s + 450ms});
  CHECK(words.after(confirm_task(0), 2, Time{11s}, true) == Time{11s + 750ms});
  CHECK(words.after(confirm_task(0), 3, Time{12s}, true) == Time::max());
  CHECK(words.after(bracket_task, 1, Time{10s}, false) == Time{10s + 450ms});
  CHECK(words.after(bracket_task, 2, Time{11s}, false) == Time{11s + 750ms + 600ms});
  CHECK(words.after(bracket_task, 3, Time{12s}, false) == Time::max());
}

TEST_CASE(
    "Where doubt came up the bracket outlasts a spell since then, in haste since the host was last heard") {
  Words words(2);
  words.in_flight.add(confirm_task(0), Time{9s});
  words.in_flight.remove_answered(confirm_task(0), Time{9s});
  words.in_flight.add(repeat_task(0), Time{10s});
  CHECK(words.after(bracket_task, 1, Time{10s}, true) == Time{10s + 150ms});
  CHECK(words.after(bracket_task, 3, Time{10s + 600ms}, true) == Time{9s + 2200ms});
  CHECK(words.after(bracket_task, 2, Time{11s}, false) == Time{10s + 4s});
}

TEST_CASE("Without retries the last words are spoken once") {
  Words words(0);
  for (const bool hurries : {true, false}) {
    CHECK(words.after(bracket_task, 1, Time{1s}, hurries) == Time::max());
    CHECK(words.after(confirm_task(0), 1, Time{1s}, hurries) == Time::max());
  }
}

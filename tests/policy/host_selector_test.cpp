#include "policy/host_selector.hpp"

#include "policy/policy_maker.hpp"

using namespace edgesurvey;
using namespace edgesurvey::testing;

namespace {

HostSelector selector(SelectBy by, const std::vector<std::string>& texts) {
  HostSelector made(by);
  std::string why;
  for (const auto& text : texts) {
    INFO(why);
    REQUIRE(made.add(text, why));
  }
  return made;
}

}  // namespace

TEST_CASE("A name stands for itself, a wildcard for every name under it and not for itself") {
  const auto hosts = selector(SelectBy::name, {"SIP.contoso.example.", "*.lab.example", "bücher.example"});
  CHECK(hosts.matches(subject("192.0.2.1", {"sip.contoso.example"})));
  CHECK(hosts.matches(subject("192.0.2.1", {"other.example", "a.b.lab.example"})));
  CHECK(hosts.matches(subject("192.0.2.1", {"xn--bcher-kva.example"})));
  CHECK_FALSE(hosts.matches(subject("192.0.2.1", {"lab.example"})));
  CHECK_FALSE(hosts.matches(subject("192.0.2.1", {"notlab.example"})));
  CHECK_FALSE(hosts.matches(subject("192.0.2.1", {"a.sip.contoso.example"})));
  CHECK_FALSE(hosts.matches(subject("192.0.2.1")));
}

TEST_CASE("A block holds its addresses, from the first to the last") {
  const auto hosts = selector(SelectBy::block, {"192.0.2.8/30", "2001:db8::5", "198.51.100.10-20"});
  for (const char* inside : {"192.0.2.8", "192.0.2.11", "2001:db8::5", "198.51.100.10", "198.51.100.20"})
    CHECK(hosts.matches(subject(inside)));
  for (const char* outside : {"192.0.2.7", "192.0.2.12", "2001:db8::6", "198.51.100.21"})
    CHECK_FALSE(hosts.matches(subject(outside)));
}

TEST_CASE("A tag is matched whole: key and value, as they are written") {
  const auto hosts = selector(SelectBy::tag, {"federation=ocs2007", "note=a=b c", "empty="});
  CHECK(hosts.matches(subject("192.0.2.1", {}, {{"org", "x"}, {"federation", "ocs2007"}})));
  CHECK(hosts.matches(subject("192.0.2.1", {}, {{"note", "a=b c"}})));
  CHECK(hosts.matches(subject("192.0.2.1", {}, {{"empty", ""}})));
  CHECK_FALSE(hosts.matches(subject("192.0.2.1", {}, {{"federation", "OCS2007"}})));
  CHECK_FALSE(hosts.matches(subject("192.0.2.1", {"federation"}, {{"federation", ""}})));
}

TEST_CASE("What cannot be matched is refused, and leaves no trace") {
  struct Case {
    SelectBy by;
    const char* text;
    const char* said;
  };
  const auto wrong =
      GENERATE(Case{SelectBy::name, "", "host name"}, Case{SelectBy::name, "a.*.example", "wildcard"},
               Case{SelectBy::name, "https://a.example/", "URL"},
               Case{SelectBy::name, "192.0.2.0/24", "write it after block ="},
               Case{SelectBy::block, "192.0.2.0/33", "prefix"},
               Case{SelectBy::block, "a.example", "write it after name ="},
               Case{SelectBy::tag, "=x", "write key=value"}, Case{SelectBy::tag, "a b=x", "write key=value"},
               Case{SelectBy::tag, "a=\x1b", "control character"});
  HostSelector hosts(wrong.by);
  std::string why;
  CHECK_FALSE(hosts.add(wrong.text, why));
  CHECK_THAT(why, Catch::Matchers::Contains(wrong.said));
  CHECK(hosts.texts().empty());
}

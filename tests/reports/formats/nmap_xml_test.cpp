#include "reports/formats/writers.hpp"

#include <pugixml.hpp>
#include <set>
#include <sstream>

#include "reports/format.hpp"
#include "reports/judge.hpp"
#include "reports/small_survey.hpp"
#include "reports/survey/journal.hpp"
#include "reports/survey/open_survey.hpp"
#include "reports/text/port_list.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::testing;

namespace {

// Two hosts; the second is what is changed between runs.
void write_run(const std::string& path, const HostReport& second, WallTime scanned_at) {
  const TemporaryFolder folder;
  {
    JournalWriter journal(folder / "journal", small_run());
    journal.target(named_target("a.example", 1), resolved(0, {address("192.0.2.1")}));
    journal.target(named_target("b.example", 2), resolved(1, {second.evidence.address}));
    auto host = exposed_host("192.0.2.1");
    host.scanned_at = scanned_at;
    journal.host(host);
    journal.host(second);
    journal.finish(small_run());
  }
  write_to(*parse_destination(report_formats(), path), ReportInput(*open_survey(folder / "journal")));
}

pugi::xml_document small_document() {
  std::ostringstream out;
  write_nmap_xml(*small_survey(), out);
  pugi::xml_document document;
  REQUIRE(document.load_string(out.str().c_str()));
  return document;
}

}  // namespace

TEST_CASE(
    "ndiff sees nothing between two runs that saw the same, and a fixed host between two that did not") {
  const TemporaryFolder folder;
  write_run(folder / "old.nmap.xml", exposed_host("192.0.2.2"), at("2015-03-02T09:30:00.000Z"));
  write_run(folder / "again.nmap.xml", exposed_host("192.0.2.2"), at("2015-03-09T09:30:00.000Z"));
  write_run(folder / "new.nmap.xml", quiet_host("192.0.2.2"), at("2015-03-09T09:30:00.000Z"));

  const auto same = judge({EDGESURVEY_NDIFF, folder / "old.nmap.xml", folder / "again.nmap.xml"});
  CHECK(same.status == 0);
  CHECK(same.said.find("192.0.2") == std::string::npos);

  const auto fixed = judge({EDGESURVEY_NDIFF, folder / "old.nmap.xml", folder / "new.nmap.xml"});
  CHECK(fixed.status == 1);
  CHECK(fixed.said.find("b.example (192.0.2.2):") != std::string::npos);
  CHECK(fixed.said.find("-50001/tcp open") != std::string::npos);
  CHECK(fixed.said.find("-|_ edgesurvey: cls-exposed") != std::string::npos);
  CHECK(fixed.said.find("a.example") == std::string::npos);
}

TEST_CASE("ndiff reads hostile names, IPv6 and hosts that were not judged without a warning") {
  const TemporaryFolder folder;
  write_to(*parse_destination(report_formats(), folder / "a.nmap.xml"),
           ReportInput(*small_survey(Ending::unfinished)));
  write_to(*parse_destination(report_formats(), folder / "b.nmap.xml"), ReportInput(*small_survey()));
  const auto diff = judge({EDGESURVEY_NDIFF, folder / "a.nmap.xml", folder / "b.nmap.xml"});
  CHECK(diff.status == 1);
  CHECK(diff.said.find("+192.0.2.15:\n+Host is unknown.") != std::string::npos);
  CHECK(diff.said.find("WARNING") == std::string::npos);
}

TEST_CASE("Readers that know only IPv4 find those hosts first, and every host has its list of names") {
  const auto document = small_document();
  bool seen_ipv6 = false;
  int hosts = 0;
  for (const auto host : document.child("nmaprun").children("host")) {
    ++hosts;
    const std::string type = host.child("address").attribute("addrtype").value();
    if (type == "ipv6") seen_ipv6 = true;
    CHECK((type == "ipv4") == !seen_ipv6);
    CHECK(host.child("hostnames"));
  }
  CHECK(hosts == 6);
  CHECK(seen_ipv6);
}

TEST_CASE("Every port that was asked is in its host once, alone or in the rest") {
  const auto document = small_document();
  const auto run = document.child("nmaprun");
  const auto scanned = parse_port_list(run.child("scaninfo").attribute("services").value()).value();
  CHECK(run.child("scaninfo").attribute("numservices").as_uint() == scanned.size());
  std::size_t most = 0;
  for (const auto host : run.children("host")) {
    std::set<Port> ports;
    std::size_t mentions = 0;
    for (const auto port : host.child("ports").children("port")) {
      ports.insert(static_cast<Port>(port.attribute("portid").as_uint()));
      ++mentions;
    }
    for (const auto extra : host.child("ports").children("extraports")) {
      std::size_t count = 0;
      for (const auto reason : extra.children("extrareasons")) {
        const auto rest = parse_port_list(reason.attribute("ports").value()).value();
        CHECK(rest.size() == reason.attribute("count").as_uint());
        ports.insert(rest.begin(), rest.end());
        count += rest.size();
      }
      CHECK(extra.attribute("count").as_uint() == count);
      mentions += count;
    }
    CHECK(ports.size() == mentions);
    CHECK(std::includes(scanned.begin(), scanned.end(), ports.begin(), ports.end()));
    most = std::max(most, mentions);
  }
  CHECK(most == scanned.size());
}

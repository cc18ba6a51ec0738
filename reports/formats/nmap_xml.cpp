#include "reports/formats/writers.hpp"

#include <algorithm>
#include <array>
#include <bitset>
#include <chrono>
#include <ctime>

#include "reports/formats/nmap_host.hpp"
#include "reports/formats/xml_stream.hpp"
#include "reports/text/numbers.hpp"
#include "reports/text/port_list.hpp"

namespace edgesurvey {
namespace {

// What has to be known before the first host is written.
struct Overview {
  std::bitset<65536> ports;  // asked of any host
  std::array<std::uint64_t, 3> states{};
  bool has_ipv6 = false;

  std::uint64_t count(NmapHostState state) const { return states[static_cast<std::size_t>(state)]; }
};

Overview overview_of(const SurveySource& survey) {
  Overview overview;
  survey.for_each_host([&overview](const HostReport& host) {
    for (const auto& port : host.evidence.ports) overview.ports.set(port.port);
    ++overview.states[static_cast<std::size_t>(nmap_host_state(host.evidence))];
    overview.has_ipv6 |= !host.evidence.address.is_v4();
  });
  return overview;
}

std::string epoch_seconds(WallTime time) {
  return std::to_string(std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()).count());
}

// As ctime() has it, in UTC: "Mon Mar  2 09:30:00 2015".
std::string ctime_text(WallTime time) {
  const auto seconds =
      static_cast<std::time_t>(std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()).count());
  std::tm parts{};
  if (::gmtime_r(&seconds, &parts) == nullptr) return "";
  std::array<char, 64> text{};
  const auto length = std::strftime(text.data(), text.size(), "%a %b %e %H:%M:%S %Y", &parts);
  return {text.data(), length};
}

void open_run(XmlStream& xml, const RunFacts& run) {
  std::string arguments = "edgesurvey";
  for (const auto& argument : run.arguments) arguments += " " + argument;
  pugi::xml_document document;
  auto root = document.append_child("nmaprun");
  set_attribute(root, "scanner", "nmap");  // the only value nmap.dtd allows
  set_attribute(root, "args", arguments);
  set_attribute(root, "start", epoch_seconds(run.started));
  set_attribute(root, "startstr", ctime_text(run.started));
  set_attribute(root, "version", run.tool_version);
  set_attribute(root, "xmloutputversion", "1.05");
  xml.open(root);
}

void write_scaninfo(XmlStream& xml, const Overview& overview) {
  std::vector<Port> ports;
  for (unsigned port = 1; port < overview.ports.size(); ++port) {
    if (overview.ports.test(port)) ports.push_back(static_cast<Port>(port));
  }
  pugi::xml_document document;
  auto scaninfo = document.append_child("scaninfo");
  set_attribute(scaninfo, "type", "connect");
  set_attribute(scaninfo, "protocol", "tcp");
  set_attribute(scaninfo, "numservices", std::uint64_t{ports.size()});
  set_attribute(scaninfo, "services", to_port_list(ports));
  xml.write(scaninfo);
  for (const char* level : {"verbose", "debugging"}) {
    auto element = document.append_child(level);
    set_attribute(element, "level", std::uint64_t{0});
    xml.write(element);
  }
}

void write_skipped_targets(XmlStream& xml, const SurveySource& survey) {
  survey.for_each_target([&xml](const TargetRow& target) {
    if (!target.skipped) return;
    pugi::xml_document document;
    auto element = document.append_child("target");
    set_attribute(element, "specification", target.name);
    set_attribute(element, "status", "skipped");
    xml.write(element);
  });
}

void write_hosts(XmlStream& xml, const ReportInput& input, Family family) {
  input.survey.for_each_host([&](const HostReport& host) {
    if (host.evidence.address.family() != family) return;
    pugi::xml_document document;
    xml.write(append_nmap_host(document, host, input.policy.get()));
  });
}

void write_runstats(XmlStream& xml, const SurveySource& survey, const Overview& overview) {
  const auto& run = survey.run();
  const auto total = survey.summary().addresses();
  const auto elapsed = std::max<std::int64_t>((run.finished - run.started).count(), 0) / 1000;
  pugi::xml_document document;
  auto runstats = document.append_child("runstats");
  auto finished = runstats.append_child("finished");
  set_attribute(finished, "time", epoch_seconds(run.finished));
  set_attribute(finished, "timestr", ctime_text(run.finished));
  set_attribute(finished, "elapsed", std::to_string(elapsed));
  set_attribute(finished, "summary",
                counted(total, "address", "addresses") + " judged, " +
                    counted(survey.summary().skipped(), "target", "targets") + " skipped");
  set_attribute(finished, "exit", run.complete ? "success" : "error");
  if (!run.complete) set_attribute(finished, "errormsg", "not every target was resolved and probed");
  auto hosts = runstats.append_child("hosts");
  set_attribute(hosts, "up", overview.count(NmapHostState::up));
  set_attribute(hosts, "down", overview.count(NmapHostState::down));
  set_attribute(hosts, "total", total);
  xml.write(runstats);
}

}  // namespace

void write_nmap_xml(const ReportInput& input, std::ostream& out) {
  const auto& survey = input.survey;
  const auto overview = overview_of(survey);
  XmlStream xml(out);
  xml.raw("<!DOCTYPE nmaprun>");
  xml.raw("<!-- made by edgesurvey in the form of nmap's XML output -->");
  open_run(xml, survey.run());
  write_scaninfo(xml, overview);
  write_skipped_targets(xml, survey);
  write_hosts(xml, input, Family::ipv4);
  if (overview.has_ipv6) write_hosts(xml, input, Family::ipv6);
  write_runstats(xml, survey, overview);
  xml.close();
}

}  // namespace edgesurvey

#include "reports/html/host_row.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <vector>

#include "reports/html/advice.hpp"
#include "reports/html/answer.hpp"
#include "reports/html/html_text.hpp"
#include "reports/html/port_strip.hpp"
#include "reports/text/numbers.hpp"
#include "reports/text/timestamp.hpp"

namespace edgesurvey::html {
namespace {

void append_fact(std::string& out, std::string_view term, const std::string& content) {
  if (content.empty()) return;
  out += "<dt>" + std::string(term) + "</dt><dd>" + content + "</dd>\n";
}

std::string at_the_end(const Recheck& recheck) {
  std::string words = "; at the end " + std::string(recheck.state == PortState::filtered &&
                                                            recheck.reason == Reason::no_response
                                                        ? "silent"
                                                        : to_string(recheck.state));
  if (recheck.peer == PeerAct::data || recheck.peer == PeerAct::end_of_file ||
      recheck.peer == PeerAct::reset) {
    words += " (" + std::string(to_string(recheck.peer)) + ")";
  }
  return words;
}

std::string recheck_of(const Evidence& evidence, Port port) {
  for (const auto& recheck : evidence.confirm) {
    if (recheck.port == port) return at_the_end(recheck);
  }
  if (evidence.liveness && evidence.liveness->port == port) return at_the_end(*evidence.liveness);
  return "";
}

std::vector<const PortEvidence*> ports_of(const Evidence& evidence, Role role) {
  std::vector<const PortEvidence*> ports;
  for (const auto& port : evidence.ports) {
    if (port.role == role) ports.push_back(&port);
  }
  std::sort(ports.begin(), ports.end(), [](const auto* a, const auto* b) { return a->port < b->port; });
  return ports;
}

// Ports of which the same is to be said share an item: "39973, 47120, 60411 silent, 3 tries".
std::string port_list(const Evidence& evidence, Role role) {
  const auto ports = ports_of(evidence, role);
  std::string items;
  for (std::size_t i = 0; i < ports.size();) {
    const std::string words = in_words(*ports[i]) + recheck_of(evidence, ports[i]->port);
    items += "<li class=\"" + std::string(css_class(answer_of(*ports[i]))) + "\">" +
             std::to_string(ports[i]->port);
    for (++i; i < ports.size() && in_words(*ports[i]) + recheck_of(evidence, ports[i]->port) == words; ++i) {
      items += ", " + std::to_string(ports[i]->port);
    }
    items += " " + words + "</li>";
  }
  if (items.empty()) return "";
  return (role == Role::service ? "<ul class=\"expected\">" : "<ul>") + items + "</ul>";
}

// Who said no by ICMP, and how often: "192.0.2.1: ICMP type 3 code 13 (admin-prohibited), 73 ports".
std::string icmp_senders(const Evidence& evidence) {
  std::map<std::tuple<Address, std::uint8_t, std::uint8_t, Reason>, std::uint64_t> senders;
  for (const auto& port : evidence.ports) {
    if (port.icmp) ++senders[{port.icmp->from, port.icmp->type, port.icmp->code, port.reason}];
  }
  std::string list;
  for (const auto& [sender, ports] : senders) {
    const auto& [from, type, code, reason] = sender;
    list += "<li class=\"j\">" + from.to_string() + ": " + (evidence.address.is_v4() ? "ICMP" : "ICMPv6") +
            " type " + std::to_string(type) + " code " + std::to_string(code) + " (" +
            std::string(to_string(reason)) + "), " + counted(ports, "port", "ports") + "</li>";
  }
  return list.empty() ? "" : "<ul>" + list + "</ul>";
}

std::string reasons_of(const Judgement& judgement) {
  std::string list;
  for (const auto reason : judgement.reasons) {
    list += (list.empty() ? "" : ", ") + std::string(to_string(reason));
  }
  return list + "; confidence " + std::string(to_string(judgement.confidence));
}

// Nothing for a host with a single short name: its row shows that already.
std::string names_of(const HostReport& host) {
  constexpr std::size_t fits_in_the_row = 30;
  if (host.names.size() == 1 && host.names.front().size() <= fits_in_the_row) return "";
  std::string list;
  for (const auto& name : host.names) list += (list.empty() ? "" : ", ") + isolated(name);
  return list;
}

std::string strip_caption(const RangeEstimate& range, std::uint64_t sampled) {
  std::string caption = counted(sampled, "sampled port", "sampled ports") + " of 50000-59999";
  if (!range.share) return caption;
  return caption + ": " + grouped(range.answered) + " of " + grouped(range.sampled) + " answered (" +
         share_with_interval(*range.share) + " of the range)";
}

void append_strip(std::string& out, const HostReport& host) {
  const auto& ports = host.evidence.ports;
  const auto sampled =
      std::count_if(ports.begin(), ports.end(), [](const auto& port) { return port.role == Role::sample; });
  if (sampled == 0) return;
  out += "<figure>\n<figcaption>" + strip_caption(host.judgement.range, static_cast<std::uint64_t>(sampled)) +
         "</figcaption>\n" + strip_svg(host.evidence) + "\n" + strip_key(host.evidence) + "\n</figure>\n";
}

}  // namespace

void append_host_evidence(std::string& out, const HostReport& host, const HostLabels::Label& label) {
  out += "<p class=\"why\">" + escaped(host.judgement.explanation) +
         "</p>\n<p class=\"do\"><b>What to do:</b> " + escaped(advice(host.judgement.reason)) + "</p>\n";
  append_strip(out, host);
  out += "<dl class=\"facts\">\n";
  append_fact(out, "CLS ports", port_list(host.evidence, Role::cls));
  append_fact(out, "Services", port_list(host.evidence, Role::service));
  append_fact(out, "Control ports, outside the range", port_list(host.evidence, Role::control));
  append_fact(out, "Rejected by", icmp_senders(host.evidence));
  append_fact(out, "Reasons", reasons_of(host.judgement));
  append_fact(out, "Names", names_of(host));
  append_fact(out, "Tags", label.other_tags.empty() ? "" : isolated(label.other_tags));
  append_fact(
      out, "Probed",
      to_iso8601(host.scanned_at) + ", " + counted(ledger_of(host.evidence).attempts, "attempt", "attempts"));
  out += "</dl>\n";
}

}  // namespace edgesurvey::html

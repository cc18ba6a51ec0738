#include "reports/html/advice.hpp"

namespace edgesurvey::html {

std::string_view meaning(Verdict verdict) {
  switch (verdict) {
    case Verdict::cls_exposed:
      return "the logging service answers the internet";
    case Verdict::media_range_open:
      return "the perimeter lets 50000-59999 in";
    case Verdict::inconclusive:
      return "nothing can be said from here";
    case Verdict::closed:
      return "nothing in the range answered from here";
  }
  return {};
}

std::string_view advice(VerdictReason reason) {
  switch (reason) {
    case VerdictReason::cls_ports_open:
      return "Block inbound TCP 50001-50003 on the Edge's external addresses now, and close 50000-59999 "
             "inbound at the "
             "perimeter unless federation with OCS 2007 (or NAT with DNS load balancing) needs it. Nothing "
             "outside needs the logging service.";
    case VerdictReason::some_cls_ports_open:
      return "Look on the host which program holds the open port (Get-NetTCPConnection). If it is "
             "ClsAgent.exe, block "
             "inbound TCP 50001-50003 on the external addresses; if it is the media relay, only the range is "
             "open.";
    case VerdictReason::range_answers:
      return "Close 50000-59999 inbound at the perimeter unless federation with OCS 2007 (or NAT with DNS "
             "load balancing) needs it, and check "
             "that the "
             "host itself blocks TCP 50001-50003 on its external addresses: only that stands in between.";
    case VerdictReason::relay_port_open:
      return "The range is let in. Close 50000-59999 inbound at the perimeter unless federation with OCS "
             "2007 needs it; "
             "3478 and 443 carry media without it. Check what listens on the ports found open.";
    case VerdictReason::no_firewall:
      return "Put the host behind a firewall that lets in only the ports an Edge needs, and turn the host's "
             "own "
             "firewall on: now nothing but luck keeps ports shut.";
    case VerdictReason::range_silent:
      return "Nothing urgent. Silence is no proof: read the perimeter's rule for 50000-59999 and see that it "
             "drops, and "
             "that the host blocks TCP 50001-50003.";
    case VerdictReason::range_rejected:
      return "Nothing to do: a rule in front of the host refuses the range. Keep it.";
    case VerdictReason::no_answer:
      return "Check that the address is in use and that this vantage point may reach it; then survey it "
             "again, or strike "
             "it off the list.";
    case VerdictReason::accepts_everything:
      return "Survey it again from inside the scrubber or proxy that answers for it, or ask its operator for "
             "the rules "
             "behind it.";
    case VerdictReason::accepts_range_part:
      return "Find out what answers for this part of the range (a proxy, a load balancer, a decoy) and read "
             "its "
             "rules, or look on the host whether ClsAgent.exe listens.";
    case VerdictReason::answers_everywhere:
      return "Survey it again from farther away, where times tell a firewall from the host, or read the "
             "firewall's "
             "rules.";
    case VerdictReason::blocked_during_scan:
      return "Have this vantage point allowed in the intrusion prevention system for the survey, or survey "
             "again with "
             "--pace polite.";
    case VerdictReason::local_error:
      return "The fault is on the scanning machine (descriptors, local ports, routes). Repair it and survey "
             "again.";
    case VerdictReason::interrupted:
      return "Survey it again, to the end.";
  }
  return {};
}

}  // namespace edgesurvey::html

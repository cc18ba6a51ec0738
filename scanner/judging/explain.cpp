#include "scanner/judging/explain.hpp"

#include <string>
#include <string_view>

namespace edgesurvey {
namespace {

std::string count(unsigned number, std::string_view one, std::string_view many) {
  return std::to_string(number) + ' ' + std::string(number == 1 ? one : many);
}

std::string of(unsigned hits, unsigned all, std::string_view what) {
  return std::to_string(hits) + " of " + count(all, what, std::string(what) + 's');
}

std::string ports(const PortSet& set) {
  return (set.size() == 1 ? "port " : "ports ") + set.to_string();
}

// What the ports outside the range did, as the other half of a comparison.
std::string controls(const Facts& f) {
  const unsigned answered = f.controls.by_host();
  if (answered == 0 && f.controls.refused_in_front > 0)
    return of(f.controls.refused_in_front, f.controls.judged(), "port") +
           " outside it were refused by something in front of the host";
  if (answered == 0 && f.controls.by_icmp() > 0)
    return of(f.controls.by_icmp(), f.controls.judged(), "port") + " outside it were rejected by ICMP";
  if (answered == 0) return "none of " + count(f.controls.judged(), "port", "ports") + " outside it did";
  return of(answered, f.controls.judged(), "port") + " outside it did, too";
}

std::string explain_cls(const Facts& f, const PortSet& open) {
  std::string text = "The logging service's " + ports(open) + " accepted connections";
  if (f.cls_still_open == open.size())
    text += " and still did at the end";
  else if (f.stopped_responding)
    text += " before the host stopped responding, and could not be asked again";
  else if (f.cls_cut_off)
    text += ", and none of them did at the end: relay ports go one by one, so something began to block us";
  else if (f.cls_not_asked > 0)
    text += ", and could not all be asked again at the end";
  else
    text += ", " + std::to_string(f.cls_still_open) + " of them still at the end";
  if (f.controls.judged() > 0 && f.controls.open == 0)
    text += ", while " + std::string(f.controls.judged() == 1 ? "the port" : "ports") +
            " outside the range did not";
  if (open.size() >= 3) return text + "; a media relay rarely holds all three at once.";
  return text + "; a media relay port in long use would look the same.";
}

std::string explain_range(const Facts& f) {
  const Tally range = f.range();
  std::string text = of(range.by_host(), range.judged(), "port") + " in 50000-59999 answered and " +
                     controls(f) + ", so the perimeter passes the range (or part of it); ";
  if (f.cls.open > 0)
    return text + "the logging service ports that accepted may as well be media relay ports in use.";
  return text +
         "no logging service port was found open, which a host firewall would explain as well as its "
         "absence.";
}

std::string explain_relay(const Facts& f) {
  const unsigned open = f.sample.open;
  if (f.mostly_accepting())
    return of(open, f.sample.judged(), "sampled port") +
           " in 50000-59999 accepted connections, more than a media relay holds, and the ports outside did "
           "not: "
           "a SYN proxy, tarpit or forwarding rule on the range would look so, and what is behind it cannot "
           "be "
           "told.";
  if (open > 0)
    return of(open, f.sample.judged(), "sampled port") +
           " in 50000-59999 accepted connections, as media relay ports in use do, so the perimeter passes "
           "the range; an "
           "unrelated service in the range would look the same.";
  return "A logging service port accepted a connection and was gone at the end, as a media relay port would "
         "be, so the "
         "perimeter passes it; a logging service stopped in between would look the same.";
}

std::string explain_rejected(const Facts& f) {
  const Tally range = f.range();
  if (f.refusals == RefusalOrigin::in_front || range.refused_in_front > 0)
    return of(range.refused + range.refused_in_front, range.judged(), "port") +
           " in 50000-59999 refused clearly sooner than the host itself accepts, so something in front of it "
           "refuses "
           "them; a host with a faster path for refusals is the unlikely alternative.";
  return of(range.by_icmp(), range.judged(), "port") +
         " in 50000-59999 were rejected by ICMP, so a firewall in front of the host refuses them; a firewall "
         "on the "
         "host itself would look the same.";
}

std::string explain_silence(const Facts& f) {
  return "The host answers elsewhere, but none of " + count(f.range().judged(), "port", "ports") +
         " asked in 50000-59999 did from here; a host firewall in stealth mode behind a perimeter that "
         "passes the "
         "range would be as silent.";
}

}  // namespace

std::string explain(VerdictReason reason, const Facts& f, const PortSet& cls_open) {
  switch (reason) {
    case VerdictReason::cls_ports_open:
    case VerdictReason::some_cls_ports_open:
      return explain_cls(f, cls_open);
    case VerdictReason::range_answers:
      return explain_range(f);
    case VerdictReason::relay_port_open:
      return explain_relay(f);
    case VerdictReason::no_firewall:
      return "Ports inside and outside 50000-59999 refused alike and as late as the host accepts, so the "
             "host itself "
             "answers and nothing filters the range; a firewall right beside it would look the same.";
    case VerdictReason::range_silent:
      return explain_silence(f);
    case VerdictReason::range_rejected:
      return explain_rejected(f);
    case VerdictReason::no_answer:
      return "Nothing answered on any port asked: the host may be down, gone, or dropping us altogether.";
    case VerdictReason::accepts_everything:
      return of(f.controls.open, f.controls.judged(), "port") +
             " where nothing should listen accepted connections: a SYN proxy, scrubber or tarpit answers for "
             "the host, "
             "which may or may not expose anything behind it.";
    case VerdictReason::accepts_range_part:
      return "The logging service's " + ports(cls_open) + " accepted connections, and so did " +
             of(f.cls_neighbours.open, f.cls_neighbours.judged(), "port") +
             " beside them, where no logging service listens: something accepts this part of the range, and "
             "the agent may or may not be behind it.";
    case VerdictReason::answers_everywhere:
      if (f.controls.by_host() + f.controls.refused_in_front == 0)
        return of(f.range().by_host() + f.range().refused_in_front, f.range().judged(), "port") +
               " in 50000-59999 refused and " + controls(f) +
               "; the round-trip times cannot tell whether the host did, behind a perimeter that passes the "
               "range, "
               "or a firewall in front of it.";
      return "Ports inside and outside 50000-59999 refused alike, and the round-trip times cannot tell "
             "whether the host "
             "or a firewall in front of it did.";
    case VerdictReason::blocked_during_scan:
      return "The port that answered first no longer answered so at the end: something began to block us "
             "part-way, "
             "so the "
             "silences after that mean nothing.";
    case VerdictReason::local_error:
      return "Some probes failed on our own side, so the silence of the rest proves nothing.";
    case VerdictReason::interrupted:
      return "The run ended before the scan of this host had.";
  }
  return {};
}

}  // namespace edgesurvey

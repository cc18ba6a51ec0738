#include "reports/formats/sarif_rules.hpp"

#include <algorithm>

namespace edgesurvey {
namespace {

void write_message(JsonWriter& json, std::string_view key, std::string_view text) {
  json.key(key);
  json.begin_object();
  json.key("text");
  json.text(text);
  json.end_object();
}

void write_rule(JsonWriter& json, const SarifRule& rule) {
  json.begin_object();
  json.key("id");
  json.text(to_string(rule.verdict));
  json.key("name");
  json.text(rule.name);
  write_message(json, "shortDescription", rule.summary);
  write_message(json, "fullDescription", rule.summary);
  json.key("help");
  json.begin_object();
  json.key("text");
  json.text(rule.help);
  json.key("markdown");
  json.text(rule.help_markdown);
  json.end_object();
  json.key("defaultConfiguration");
  json.begin_object();
  json.key("level");
  json.text(rule.level);
  json.end_object();
  json.key("properties");
  json.begin_object();
  json.key("tags");
  json.begin_array();
  json.text("security");
  json.end_array();
  if (!rule.severity.empty()) {
    json.key("security-severity");
    json.text(rule.severity);
  }
  json.end_object();
  json.end_object();
}

}  // namespace

const std::array<SarifRule, 4> sarif_rules{{
    {.verdict = Verdict::cls_exposed,
     .name = "CentralisedLoggingServiceExposed",
     .level = "error",
     .severity = "7.5",
     .summary =
         "The Centralised Logging Service agent of an Edge server answers from outside on TCP 50001-50003.",
     .help =
         "Nothing outside needs the agent (ClsAgent.exe). On the Edge, block TCP 50001-50003 inbound on the "
         "external addresses. At the perimeter, stop passing TCP 50000-59999 inbound, unless federation with "
         "OCS 2007, or NAT with DNS load balancing and no hairpinning, needs it. Then scan again.",
     .help_markdown =
         "Nothing outside needs the agent (`ClsAgent.exe`).\n\n"
         "1. On the Edge, block TCP 50001-50003 inbound on the external addresses.\n"
         "2. At the perimeter, stop passing TCP 50000-59999 inbound, unless federation with OCS 2007, or NAT "
         "with DNS load balancing and no hairpinning, needs it.\n"
         "3. Scan again. Silence fits both a fixed host and a perimeter that now drops the probes.\n"},
    {.verdict = Verdict::media_range_open,
     .name = "MediaRangeOpen",
     .level = "warning",
     .severity = "4.0",
     .summary = "The perimeter passes the media relay range TCP 50000-59999 to an Edge server.",
     .help =
         "Inbound, the range is needed only for federation with OCS 2007, or for NAT with DNS load balancing "
         "and no hairpinning. Whatever the server runs in it, the logging agent on 50001-50003 too, is one "
         "host firewall away from the internet. Close it at the perimeter, or record why it is open.",
     .help_markdown =
         "Inbound, the range is needed only for federation with OCS 2007, or for NAT with DNS load balancing "
         "and no hairpinning. Whatever the server runs in it, the logging agent on 50001-50003 too, is one "
         "host "
         "firewall away from the internet.\n\n"
         "Close TCP 50000-59999 inbound at the perimeter, or record why it is open.\n"},
    {.verdict = Verdict::inconclusive,
     .name = "Inconclusive",
     .level = "note",
     .severity = "",
     .summary = "An Edge server could not be judged from here.",
     .help =
         "Nothing answered, everything answered, the scan was blocked part-way, or the scanning machine "
         "failed: the result's reason says which. This is not a pass. Scan more slowly, from an address that "
         "the perimeter does not treat specially, or look at the rules themselves.",
     .help_markdown =
         "Nothing answered, everything answered, the scan was blocked part-way, or the scanning machine "
         "failed: the result's reason says which. **This is not a pass.**\n\n"
         "Scan more slowly (`--pace polite`), from an address that the perimeter does not treat specially, "
         "or "
         "look at the rules themselves.\n"},
    {.verdict = Verdict::closed,
     .name = "UnexpectedlyClosed",
     .level = "warning",
     .severity = "",
     .summary = "An Edge server shows nothing in TCP 50000-59999, and the policy expects that it does.",
     .help = "By itself this is as it should be, and no finding. The policy that the survey was judged by "
             "expects "
             "another verdict of this address, or fails the run on closed ones: the host is not what it was "
             "thought "
             "to be, or this vantage point no longer sees it. Look which, then mend the host or the policy.",
     .help_markdown =
         "By itself this is as it should be, and no finding. The policy that the survey was judged by "
         "expects "
         "another verdict of this address, or fails the run on `closed` ones: the host is not what it was "
         "thought to be, or this vantage point no longer sees it.\n\n"
         "Look which, then mend the host or the policy.\n"},
}};

std::size_t sarif_rule_index(Verdict verdict) {
  const auto rule = std::find_if(sarif_rules.begin(), sarif_rules.end(),
                                 [verdict](const SarifRule& each) { return each.verdict == verdict; });
  return static_cast<std::size_t>(rule - sarif_rules.begin());
}

void write_sarif_rules(JsonWriter& json) {
  json.begin_array();
  for (const auto& rule : sarif_rules) write_rule(json, rule);
  json.end_array();
}

}  // namespace edgesurvey

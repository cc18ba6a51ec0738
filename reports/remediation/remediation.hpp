// What to do about the hosts that a survey found exposed: a script for the Edge, and a note for people.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "reports/files/destination.hpp"
#include "reports/survey/survey_source.hpp"

namespace edgesurvey {

struct ExposedEdge {
  Address address;
  std::vector<Port> open;  // of 50001-50003, ascending
  std::string name{};  // the first target name that led here; as it was given, so not to be shown as it is
  std::size_t other_names = 0;
};

struct Remediation {
  std::vector<ExposedEdge> exposed{};  // verdict cls-exposed, in the survey's order
  std::uint64_t judged = 0;            // addresses of the survey
  RunFacts run{};
  std::string result_path{};  // of the result it is made from, as given; empty: it had none
  std::string next_path{};    // for the result of the survey afterwards
};

// Throws ReadError.
Remediation remediation_of(const SurveySource& survey, std::string_view result_path,
                           std::string_view next_path);

// A PowerShell script (Windows PowerShell 4 and later: Windows Server 2012 R2) that blocks TCP 50001-50003 on
// the addresses chosen on the Edge; its help tells how, what to ask the firewall team for and how to verify.
// ASCII alone, with CRLF; of what the result says, only addresses stand in code, and they are written from
// their value.
std::string remediation_script(const Remediation& remediation);

// The same for people, as Markdown that is plain text, too: the addresses, the perimeter's rule, how to
// verify.
std::string remediation_note(const Remediation& remediation);

// The forms that -o knows of it.
Formats<Remediation> remediation_formats();

}  // namespace edgesurvey

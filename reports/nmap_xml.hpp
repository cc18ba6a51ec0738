// The survey as nmap's XML (nmap.dtd), for what already reads it: ndiff, Metasploit, DefectDojo and others.
//
// An address is a host of its own. IPv4 hosts come first, since some readers know nothing else; hostnames is
// always there, since some readers take it for granted. Services, CLS and control ports and whatever is open
// have a port element each; the rest of the sample stands in extraports. The verdict is the output of a host
// script "edgesurvey", which ndiff compares and Metasploit keeps as a note; what a policy says of the host,
// that of another, "edgesurvey-policy".
#pragma once

#include <iosfwd>

#include "reports/survey_source.hpp"

namespace edgesurvey {

void write_nmap_xml(const SurveySource& survey, std::ostream& out);

}  // namespace edgesurvey

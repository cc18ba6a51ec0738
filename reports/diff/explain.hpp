// A change in words: what is seen now, and what else it may mean.
#pragma once

#include <string>

#include "reports/diff/survey_diff.hpp"

namespace edgesurvey::diff {

// "closed -> cls-exposed"; of a host that one survey alone judged, its verdict, with "was" before an old one.
std::string transition(const Entry& entry);
// What speaks for it, and what else changed, in few words: "CLS 50001-50003 open; moved from 192.0.2.9".
// Holds names, untrusted.
std::string why(const Entry& entry);
// Without the notes.
std::string gist(const Entry& entry);
// Whether the note must say which name it is about: the host has several.
bool names_note(const Entry& entry, const Note& note);
// One or two plain sentences with the rival explanation.
std::string explanation(const Entry& entry);

// The name to show, and how many more there are: "sip.contoso.example +2". Untrusted.
std::string name_of(const Entry& entry);

// What silence can mean, in full; shown wherever a finding is no longer seen.
std::string what_silence_fits();
// Whether a finding of the old survey is no longer seen in the new one, though the host was asked.
bool findings_fell_silent(const SurveyDiff& diff);

}  // namespace edgesurvey::diff

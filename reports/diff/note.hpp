// What else is worth knowing of a host: what changed within the same verdict, where it moved, where it went.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "reports/diff/match.hpp"

namespace edgesurvey::diff {

enum class NoteCode : std::uint8_t {
  moved,              // matched by name: the address is another
  cls_ports_changed,  // cls-exposed both times, with other CLS ports open
  range_changed,      // the same verdict: the share of the range that is passed: its intervals do not overlap
  spans_changed,      // the same verdict: the openings, searched to the port, differ by over 100 ports
  reason_changed,     // the same verdict for another reason
  confidence_changed,  // the same verdict, and more or less sure
  leads_elsewhere,     // gone: its name leads to another address now; appeared: led to another before
  skipped,             // gone or appeared: its target was not probed in the other survey, which says why
  not_judged,  // gone or appeared: its name leads here in the other survey too, which did not get to it
  no_target,   // gone: its name is not among the new survey's targets
};

std::string_view to_string(NoteCode code);

struct Note {
  NoteCode code = NoteCode::moved;
  std::string text;    // "range 6/64 -> 60/64", "nxdomain now"
  std::string name{};  // the name that it is about, of a host that is gone or appeared; untrusted
};

std::vector<Note> notes_of(const Match& match, const SurveySnapshot& before, const SurveySnapshot& now);

}  // namespace edgesurvey::diff

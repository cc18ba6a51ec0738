#include "reports/remediation/remediation_format.hpp"

#include <array>
#include <ostream>

namespace edgesurvey {
namespace {

void write_script(const Remediation& remediation, std::ostream& out) {
  out << remediation_script(remediation);
}

void write_note(const Remediation& remediation, std::ostream& out) {
  out << remediation_note(remediation);
}

constexpr std::array<Format<Remediation>, 3> formats{{
    {".ps1", "the script to run on the Edge", write_script},
    {".md", "the note for people, with the rule to ask the firewall team for", write_note},
    {".txt", "the same", write_note},
}};

}  // namespace

Formats<Remediation> remediation_formats() {
  return formats;
}

}  // namespace edgesurvey

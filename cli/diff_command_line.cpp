#include "cli/diff_command_line.hpp"

#include "cli/scan_command_line.hpp"
#include "reports/diff/diff_format.hpp"
#include "reports/paragraph.hpp"

namespace edgesurvey {
namespace {

constexpr const char* footer =
    R"(What may have become of a host, most important first:
  newly-exposed   cls-exposed now; closed or media-range-open before
  worse           media-range-open now, closed before; or cls-exposed both
                  times, with further CLS ports open
  appeared        judged by NEW alone
  not-comparable  inconclusive in one of the two
  gone            judged by OLD alone
  better          cls-exposed before; media-range-open now, or fewer CLS ports
  fixed           cls-exposed or media-range-open before, closed now
  same            the same verdict

A host is an address. Where a name left addresses and has others now, one that
it left is compared with one that it gained.

Silence fits both 'fixed' and a perimeter, or an intrusion prevention system,
that now drops what comes from here.

Exit status:
  0    nothing is worse
  1    something is worse: newly-exposed, worse, or a finding on a host that
       appeared or was inconclusive before
  2    usage, or a survey that cannot be read
  4    a diff could not be written)";

}  // namespace

void add_diff_options(CLI::App& diff, DiffOptions& options) {
  diff.add_option("OLD", options.before, "The earlier survey: a .json result, or the journal of a run")
      ->required();
  diff.add_option("NEW", options.now, "The later one")->required();
  add_output_options(diff, options.output);
  diff.get_option("--output")
      ->description(
          "Write the changes here, in the format the ending names (see below); '-' is JSON on the standard "
          "output, '-.md' another format there; repeatable");
  diff.footer(paragraph("Formats of -o: " + diff::known_endings() + ".", 80) + "\n\n" + footer);
}

}  // namespace edgesurvey

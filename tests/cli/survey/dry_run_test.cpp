#include "cli/survey/dry_run.hpp"

#include "cli/captured_output.hpp"
#include "cli/options/command_line.hpp"
#include "cli/survey/inputs.hpp"
#include "reports/temporary_folder.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::testing;
using Catch::Matchers::Contains;

namespace {

// Of "edgesurvey scan --dry-run ...", without DNS.
std::string dry_run(const Words& words) {
  ScanOptions options = scan_of(words);
  options.dry_run = true;
  const auto inputs = read_inputs(options, Day{});
  REQUIRE(inputs);
  const CapturedOutput captured;
  CHECK(run_dry(options, *inputs) == 0);
  return captured.out();
}

}  // namespace

TEST_CASE("a dry run counts overlapping targets once, and names as one host each") {
  const std::string said = dry_run({"192.0.2.0/24", "192.0.2.128/25", "192.0.2.7", "a.example"});
  CHECK_THAT(said, Contains("\n257 hosts (a name counted as one), "));
}

TEST_CASE("a dry run counts a name once, however often and however it is written") {
  const std::string said =
      dry_run({"a.example", "A.example.", "b.example", "c.example", "--exclude", "b.example"});
  CHECK_THAT(said, Contains("\n2 hosts (a name counted as one), "));
}

TEST_CASE("a dry run counts a messy list as a scan would probe it") {
  const TemporaryFolder folder;
  write_text(folder / "edges.txt",
             "\xEF\xBB\xBF# of several people\r\n\r\nb\u00fccher.example "
             "org=B\r\nxn--bcher-kva.example\r\nB\u00dcCHER.example.\r\n"
             "192.0.2.7\torg=\"A B\" # twice\r\n::ffff:192.0.2.7\r\n192.0.2.0-15\r\n192.0.2.8/29\r\n"
             "sip.online.lync.com\r\n[2001:db8::5]\r\n2001:db8::0:5\r\nlocalhost\r\n10.0.0.1");
  const std::string said = dry_run({"-t", folder / "edges.txt"});
  // 16 addresses of the range, one IPv6 and one private address, and two names.
  CHECK_THAT(said, Contains("\n20 hosts (a name counted as one), "));
  CHECK_THAT(said, Contains("  sip.online.lync.com  skipped: hosted-service\n"));
  CHECK_THAT(said, Contains("  192.0.2.7  org=A B\n"));
  CHECK_THAT(dry_run({"192.0.2.1"}), Contains("\n1 host (a name counted as one), "));
}

TEST_CASE("a dry run counts what is left of huge blocks without walking through them") {
  const std::string said = dry_run({"1.0.0.0-223.255.255.255", "--exclude", "10.0.0.0/8", "--max-targets",
                                    "18446744073709551615", "--sample", "1"});
  CHECK_THAT(said, Contains("  1.0.0.0-223.255.255.255  (3,741,319,168 addresses)  (16777216 of 3741319168 "
                            "addresses not probed: excluded)\n"));
  CHECK_THAT(said, Contains("\n3,724,541,952 hosts "));
}

TEST_CASE("a dry run of more than can be counted says so") {
  const std::string said =
      dry_run({"2000::/3", "2001:db8::/64", "a.example", "--max-targets", "18446744073709551615"});
  CHECK_THAT(said, Contains("  2001:db8::/64  (2^64 or more addresses)\n"));
  CHECK_THAT(said, Contains("\n2^64 or more hosts "));
  CHECK_THAT(said, Contains(" ports each at most: 2^64 or more probes"));
  CHECK_THAT(said, Contains(": about 31 years or more.\n"));
}

TEST_CASE("a dry run shows a name beyond ASCII with what DNS is asked") {
  CHECK_THAT(dry_run({"\u0430pple.example"}), Contains("  \u0430pple.example (xn--pple-43d.example)\n"));
}

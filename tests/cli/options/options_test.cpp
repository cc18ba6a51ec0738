#include "cli/options/options.hpp"

#include <chrono>

#include "cli/options/command_line.hpp"
#include "reports/golden.hpp"

using namespace edgesurvey;
using namespace edgesurvey::testing;
using Catch::Matchers::Contains;
using namespace std::chrono_literals;

TEST_CASE("a scan of one target has the defaults of the design") {
  const auto options = scan_of({"192.0.2.1"});
  CHECK(options.targets == Words{"192.0.2.1"});
  CHECK(options.target_files.empty());
  CHECK(options.max_targets == 1048576);
  CHECK_FALSE(options.allow_internal);
  CHECK(options.pace.name == "normal");
  CHECK(options.pace.rate == 500);
  CHECK(options.pace.host_rate == 4);
  CHECK(options.timeout == 950ms);
  CHECK(options.retries == 2);
  CHECK(options.sample == 64);
  CHECK(options.max_in_flight == 20000);
  CHECK(options.dns.servers.empty());
  CHECK(options.dns.families == Families::both);
  CHECK(options.dns.try_timeout == 2s);
  CHECK(options.dns.deadline == 8s);
  CHECK_FALSE(options.policy.given());
  CHECK(options.baseline.empty());
  CHECK_FALSE(options.fail_on_worse);
  CHECK_FALSE(options.dry_run);
  CHECK(options.progress);
  CHECK(options.output.paths.empty());
}

TEST_CASE("every option of a scan arrives") {
  const Words words{"a.example",
                    "-t",
                    "edges.txt",
                    "--targets",
                    "-",
                    "--scope",
                    "scope.txt",
                    "--exclude",
                    "x.example",
                    "--exclude-file",
                    "not.txt",
                    "--allow-internal",
                    "--max-targets",
                    "99",
                    "--timeout",
                    "2s",
                    "--retries",
                    "5",
                    "--sample",
                    "all",
                    "--seed",
                    "18446744073709551615",
                    "--max-in-flight",
                    "17",
                    "--resolver",
                    "127.0.0.1:5353",
                    "--resolver",
                    "[::1]:54",
                    "--dns-timeout",
                    "500ms",
                    "-6",
                    "--fail-on",
                    "cls-exposed,closed",
                    "--baseline",
                    "last.json",
                    "--fail-on-worse",
                    "--dry-run",
                    "--resolve",
                    "--no-progress",
                    "--journal",
                    "run.journal",
                    "--history",
                    "h.db",
                    "--vantage",
                    "jump box",
                    "-o",
                    "a.json",
                    "--output",
                    "-.csv",
                    "-v",
                    "b.example"};
  const auto options = scan_of(words);
  CHECK(options.targets == Words{"a.example", "b.example"});
  CHECK(options.target_files == Words{"edges.txt", "-"});
  CHECK(options.scope_files == Words{"scope.txt"});
  CHECK(options.exclude == Words{"x.example"});
  CHECK(options.exclude_files == Words{"not.txt"});
  CHECK(options.allow_internal);
  CHECK(options.max_targets == 99);
  CHECK(options.timeout == 2s);
  CHECK(options.retries == 5);
  CHECK(options.sample == whole_range);
  CHECK(options.seed == 18446744073709551615U);
  CHECK(options.max_in_flight == 17);
  REQUIRE(options.dns.servers.size() == 2);
  CHECK(options.dns.servers[0].to_string() == "127.0.0.1:5353");
  CHECK(options.dns.servers[1].to_string() == "[::1]:54");
  CHECK(options.dns.try_timeout == 500ms);
  CHECK(options.dns.families == Families::ipv6_only);
  CHECK(options.policy.fail_on == std::vector{Verdict::cls_exposed, Verdict::closed});
  CHECK(options.baseline == "last.json");
  CHECK(options.fail_on_worse);
  CHECK(options.dry_run);
  CHECK(options.resolve);
  CHECK_FALSE(options.progress);
  CHECK(options.journal == "run.journal");
  CHECK(options.history == "h.db");
  CHECK(options.vantage == "jump box");
  CHECK(options.output.paths == Words{"a.json", "-.csv"});
  CHECK(options.output.verbose);
  CHECK(options.arguments.size() == words.size() + 1);
  CHECK(options.arguments.front() == "scan");
}

TEST_CASE("a pace is a preset, and a rate given makes it a custom one") {
  CHECK(scan_of({"a", "--pace", "polite"}).pace.rate == 50);
  CHECK(scan_of({"a", "--pace", "polite"}).pace.host_rate == 1);
  const auto fast = scan_of({"a", "--pace", "fast"}).pace;
  CHECK(fast.name == "fast");
  CHECK(fast.rate == 10000);
  CHECK(fast.host_rate == 100);
  const auto custom = scan_of({"a", "--pace", "fast", "--host-rate", "0"}).pace;
  CHECK(custom.name == "custom");
  CHECK(custom.rate == 10000);
  CHECK(custom.host_rate == 0);
  CHECK(scan_of({"a", "--rate", "0.5"}).pace.rate == 0.5);
}

TEST_CASE("quiet means no progress") {
  CHECK_FALSE(scan_of({"a", "-q"}).progress);
  CHECK(scan_of({"a", "-q"}).output.quiet);
}

TEST_CASE("Option -4 asks for IPv4 alone") {
  CHECK(scan_of({"a", "-4"}).dns.families == Families::ipv4_only);
}

TEST_CASE("two runs without a seed choose different ports") {
  CHECK(scan_of({"a"}).seed != scan_of({"a"}).seed);
}

TEST_CASE("a target in brackets is an address like any other, and -o takes one word") {
  CHECK(scan_of({"[::1]", "-o", "a.json", "b.example"}).targets.size() == 2);
}

TEST_CASE("a target may be called like a command") {
  CHECK(scan_of({"report", "schema"}).targets == Words{"report", "schema"});
}

TEST_CASE("what cannot be carried out is refused with what to write instead") {
  struct Case {
    Words words;
    const char* said;
  };
  const auto wrong = GENERATE(
      Case{{"scan"}, "no targets: name some, or give a file with -t FILE"},
      Case{{"scan", "a", "--pace", "slow"}, "'slow' is not a pace: write polite, normal or fast"},
      Case{{"scan", "a", "--rate", "nan"}, "--rate: 'nan' is not a rate"},
      Case{{"scan", "a", "--rate", "-1"}, "0.01 to 10000000, or 0 for unpaced"},
      Case{{"scan", "a", "--host-rate", "1e-300"}, "--host-rate: '1e-300' is not a rate"},
      Case{{"scan", "a", "--timeout", "3h"}, "--timeout: '3h' is not a duration"},
      Case{{"scan", "a", "--dns-timeout", "1e-9s"}, "--dns-timeout: '1e-9s' is not a duration"},
      Case{{"scan", "a", "--retries", "11"}, "'11' is not a whole number from 0 to 10"},
      Case{{"scan", "a", "--sample", "9998"}, "a number of ports from 1 to 9997, or all"},
      Case{{"scan", "a", "--seed", "-1"}, "--seed: '-1' is not a whole number"},
      Case{{"scan", "a", "--seed", "1", "--seed", "2"}, "--seed may be given only once"},
      Case{{"scan", "a", "--seed"}, "--seed wants a value after it"},
      Case{{"scan", "a", "--max-targets", "0"}, "--max-targets: '0' is not a whole number from 1"},
      Case{{"scan", "a", "--max-in-flight", "0"}, "--max-in-flight: '0' is not"},
      Case{{"scan", "a", "--resolver", "dns.example"}, "--resolver: "},
      Case{{"scan", "a", "--fail-on", ""}, "'' is not a verdict"},
      Case{{"scan", "a", "--fail-on", "open"}, "write cls-exposed, media-range-open, inconclusive or closed"},
      Case{{"scan", "a", "--policy", "p.toml", "--fail-on", "closed"}, "excludes"},
      Case{{"scan", "a", "--policy", ""}, "--policy: '' is no file: name one, or leave the option out"},
      Case{{"scan", "a", "--baseline", "", "--fail-on-worse"}, "--baseline: '' is no file"},
      Case{{"scan", "a", "--history", ""}, "--history: '' is no file"},
      Case{{"report", "a", "--fail-on", "open"}, "'open' is not a verdict"},
      Case{{"scan", "a", "-4", "-6"}, "excludes"}, Case{{"scan", "a", "-q", "-v"}, "excludes"},
      Case{{"scan", "a", "--resolve"}, "--resolve requires --dry-run"},
      Case{{"scan", "a", "--history", "-"}, "--history: '-' is no file that is kept"},
      Case{{"scan", "a", "--journal", "-"}, "--journal: '-' is no file that is kept"},
      Case{{"history", "--history", "-"}, "--history: '-' is no file that is kept"},
      Case{{"history"}, "no history: give one with --history FILE or in EDGESURVEY_HISTORY"},
      Case{{"history", "--history", "h.db", "a", "b"}, "'b' is one argument too many"},
      Case{{"report"}, "RESULT is required"}, Case{{"report", "a", "b"}, "'b' is one argument too many"},
      Case{{"scan", "a", "--fail-on-worse"}, "--fail-on-worse requires --baseline"},
      Case{{"scan", "a", "--baseline"}, "--baseline wants a value after it"},
      Case{{"diff"}, "OLD is required"}, Case{{"diff", "a"}, "NEW is required"},
      Case{{"diff", "a", "b", "c"}, "'c' is one argument too many"},
      Case{{"schema", "x"}, "SCHEMA: 'x' is not a schema: write result or diff"});
  const std::string said = refusal_of(wrong.words);
  CHECK_THAT(said, Contains(wrong.said));
  CHECK_THAT(said, Contains("\nTry edgesurvey " + wrong.words.front() + " --help\n"));
}

TEST_CASE("a slip of the finger is answered with what was probably meant") {
  CHECK_THAT(refusal_of({"scann", "a"}), Contains("there is no command 'scann': did you mean scan?"));
  CHECK_THAT(refusal_of({"rep"}), Contains("did you mean report?"));
  CHECK_THAT(refusal_of({"scan", "a", "--rat", "5"}), Contains("no option '--rat': did you mean --rate?"));
  CHECK_THAT(refusal_of({"scan", "a", "--fail-no=closed"}), Contains("did you mean --fail-on?"));
  CHECK_THAT(refusal_of({"--versoin"}), Contains("did you mean --version?"));
  CHECK_THAT(refusal_of({"-q", "scan", "a"}), Contains("comes after the command: edgesurvey scan -q"));
}

TEST_CASE("options that nmap has are answered with what does the same here") {
  CHECK_THAT(refusal_of({"scan", "-iL", "edges.txt"}), Contains("no option '-iL': write -t FILE\n"));
  CHECK_THAT(refusal_of({"scan", "a", "-p", "80"}), Contains("no option '-p': the ports are fixed"));
  CHECK_THAT(refusal_of({"scan", "a", "-p50001-50003"}), Contains("the ports are fixed"));
  CHECK_THAT(refusal_of({"scan", "-n", "a"}), Contains("no option '-n': leave it out"));
  CHECK_THAT(refusal_of({"scan", "a", "-T4"}), Contains("'-T4': write --pace polite, normal or fast"));
  CHECK_THAT(refusal_of({"scan", "a", "-Pn"}), Contains("'-Pn': leave it out"));
  CHECK_THAT(refusal_of({"scan", "a", "-pace", "fast"}), Contains("did you mean --pace?"));
  CHECK_THAT(refusal_of({"scan", "-"}), Contains("'-' is not a target: "));
  CHECK_THAT(refusal_of({"scan", "-"}), Contains(" write -t -\n"));
}

TEST_CASE("help may be asked for as a command, of a command or of all") {
  CHECK(parse_words({"help"}).out == parse_words({"--help"}).out);
  CHECK(parse_words({"help", "scan"}).out == parse_words({"scan", "--help"}).out);
  CHECK(parse_words({"help", "scan"}).status() == 0);
  CHECK_THAT(refusal_of({"help", "scann"}), Contains("there is no command 'scann': did you mean scan?"));
}

TEST_CASE("the version is told after a command, too") {
  const std::string version = parse_words({"--version"}).out;
  for (const Words& asked : {Words{"-V"}, Words{"scan", "--version"}, Words{"report", "-V"}}) {
    CHECK(parse_words(asked).out == version);
    CHECK(parse_words(asked).status() == 0);
  }
}

TEST_CASE("what is like nothing we know gets no guess") {
  CHECK_THAT(refusal_of({"edges.txt"}), Contains("there is no command 'edges.txt'\n"));
  CHECK_THAT(refusal_of({"scan", "a", "--frobnicate"}), Contains("there is no option '--frobnicate'\n"));
}

TEST_CASE("edgesurvey alone names its commands") {
  CHECK_THAT(refusal_of({}), Contains("scan, report, diff, history, remediate, schema"));
}

TEST_CASE("an error shows hostile words without their escape sequences") {
  CHECK_THAT(refusal_of({"\x1b[2Jscan"}), !Contains("\x1b"));
  CHECK_THAT(refusal_of({"scan", "a", "--\x1b[2J"}), !Contains("\x1b"));
}

TEST_CASE("help and version are results: on stdout, with status 0") {
  const auto asked = GENERATE(Words{"--help"}, Words{"-h"}, Words{"scan", "--help"}, Words{"report", "-h"},
                              Words{"--version"});
  const Parsed parsed = parse_words(asked);
  CHECK(parsed.status() == 0);
  CHECK_FALSE(parsed.out.empty());
  CHECK(parsed.err.empty());
}

TEST_CASE("the help of each command is the approved one, within 80 columns, with its exit statuses") {
  for (const std::string command : {"scan", "report", "diff", "history", "remediate"}) {
    const std::string help = parse_words({command, "--help"}).out;
    std::istringstream lines(help);
    for (std::string line; std::getline(lines, line);) CHECK(line.size() <= 80);
    CHECK_THAT(help, Contains("\nExit status:\n  0    ") && Contains("\nFormats of -o: "));
    check_golden("help-" + command + ".txt", help);
  }
}

TEST_CASE("a diff arrives with its two surveys in order") {
  const Parsed parsed = parse_words({"diff", "old.json", "-o", "a.md", "new.json", "-q"});
  REQUIRE(std::holds_alternative<DiffOptions>(parsed.options));
  const auto& options = std::get<DiffOptions>(parsed.options);
  CHECK(options.before == "old.json");
  CHECK(options.now == "new.json");
  CHECK(options.output.paths == Words{"a.md"});
  CHECK(options.output.quiet);
}

TEST_CASE("schema means the result's unless the diff's is asked for") {
  CHECK_FALSE(std::get<SchemaOptions>(parse_words({"schema"}).options).of_diff);
  CHECK_FALSE(std::get<SchemaOptions>(parse_words({"schema", "result"}).options).of_diff);
  CHECK(std::get<SchemaOptions>(parse_words({"schema", "diff"}).options).of_diff);
}

TEST_CASE("a policy is a file or its short form, for a scan and for a report") {
  CHECK(scan_of({"a", "--policy", "p.toml"}).policy.file == "p.toml");
  CHECK(scan_of({"a", "--fail-on", "closed", "--fail-on=inconclusive,closed"}).policy.fail_on ==
        std::vector{Verdict::closed, Verdict::inconclusive});
  const Parsed report = parse_words({"report", "run.json", "--policy", "p.toml"});
  REQUIRE(std::holds_alternative<ReportOptions>(report.options));
  CHECK(std::get<ReportOptions>(report.options).policy.file == "p.toml");
}

TEST_CASE("the other commands arrive, too") {
  const Parsed report = parse_words({"report", "run.json", "-o", "a.csv", "-q"});
  REQUIRE(std::holds_alternative<ReportOptions>(report.options));
  const auto& options = std::get<ReportOptions>(report.options);
  CHECK(options.result == "run.json");
  CHECK_FALSE(options.policy.given());
  CHECK(options.output.paths == Words{"a.csv"});
  CHECK(options.output.quiet);
  CHECK(std::holds_alternative<SchemaOptions>(parse_words({"schema"}).options));
}

TEST_CASE("a history is named on the command line or, for want of that, in the environment") {
  REQUIRE(::setenv("EDGESURVEY_HISTORY", "env.db", 1) == 0);
  const Parsed by_environment = parse_words({"history", "a.example", "-o", "-"});
  const Parsed by_word = parse_words({"history", "--history", "h.db"});
  CHECK(scan_of({"a"}).history.empty());  // a scan is kept only when that is asked for
  ::unsetenv("EDGESURVEY_HISTORY");
  REQUIRE(std::holds_alternative<HistoryOptions>(by_environment.options));
  const auto& options = std::get<HistoryOptions>(by_environment.options);
  CHECK(options.history == "env.db");
  CHECK(options.host == "a.example");
  CHECK(options.output.paths == Words{"-"});
  REQUIRE(std::holds_alternative<HistoryOptions>(by_word.options));
  CHECK(std::get<HistoryOptions>(by_word.options).history == "h.db");
}

// edgefarm: makes farms, says what is true of them, and opens them to a scanner. See README.md.
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/lab/farm/arguments.hpp"
#include "tests/lab/farm/kinds.hpp"
#include "tests/lab/farm/run.hpp"
#include "tests/lab/farm/truth.hpp"

namespace edgesurvey::farm {
namespace {

constexpr const char* usage =
    R"(edgefarm generate [--hosts N] [--seed N] [--loss P|P-P] [--rtt MS|MS-MS] [--bursts SHARE] [--v6 SHARE]
                  [--steps SHARE] [--late MS|MS-MS] [--preset scoreboard|wild] [--only LABEL,...] -o SPEC
edgefarm truth SPEC
edgefarm kinds
edgefarm run SPEC [--truth PATH] [--counters PATH] [--targets PATH] [--limit SECONDS] -- COMMAND...
edgefarm serve SPEC [the same]            in the current network namespace, which must have no interface but lo
)";

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write_file(const std::string& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  if (!file.flush()) throw std::runtime_error("cannot write " + path);
}

int generate_command(const std::vector<std::string>& words) {
  const Arguments arguments(words, {"--hosts", "--seed", "--loss", "--rtt", "--bursts", "--v6", "--steps",
                                    "--late", "--preset", "--only", "-o"});
  Recipe recipe;
  recipe.hosts =
      static_cast<std::uint32_t>(std::min<std::uint64_t>(arguments.whole("--hosts", 250), 1'000'000));
  recipe.seed = arguments.whole("--seed", recipe.seed);
  recipe.loss = arguments.span("--loss", recipe.loss);
  if (recipe.loss.high >= 1) throw UsageError("--loss is a share below 1");
  recipe.rtt_ms = arguments.span("--rtt", recipe.rtt_ms);
  recipe.burst_share = arguments.share("--bursts", recipe.burst_share);
  recipe.v6_share = arguments.share("--v6", recipe.v6_share);
  recipe.step_share = arguments.share("--steps", recipe.step_share);
  recipe.late_ms = arguments.span("--late", recipe.late_ms);
  recipe.wild = arguments.choice("--preset", {"scoreboard", "wild"}) == 1;
  recipe.only = arguments.list("--only");
  const auto spec = to_json(generate(recipe)) + '\n';
  const auto path = arguments.text("-o", "-");
  if (path == "-")
    std::cout << spec;
  else
    write_file(path, spec);
  return 0;
}

int truth_command(const std::vector<std::string>& words) {
  const Arguments arguments(words, {});
  std::cout << truth_json(parse_spec(read_file(arguments.bare)));
  return 0;
}

int kinds_command() {
  for (const auto& [preset, kinds] : {std::pair("scoreboard", host_kinds()), {"wild", wild_kinds()}}) {
    double sum = 0;
    for (const auto& kind : kinds) sum += kind.weight;
    for (const auto& kind : kinds)
      std::cout << preset << ' ' << kind.label << ' ' << 100 * kind.weight / sum << " %\n";
  }
  return 0;
}

int open_command(const std::vector<std::string>& words, bool in_new_namespace) {
  const Arguments arguments(words, {"--truth", "--counters", "--targets", "--limit"});
  if (arguments.bare.empty()) throw UsageError("which farm?");
  if (in_new_namespace && arguments.command.empty()) throw UsageError("which command?");
  const auto spec = parse_spec(read_file(arguments.bare));
  const auto truth = arguments.text("--truth", arguments.bare + ".truth.json");
  const auto counters = arguments.text("--counters", arguments.bare + ".counters.json");
  const auto targets = arguments.text("--targets", arguments.bare + ".targets");
  std::string lines;
  for (const auto& host : spec.hosts) lines += to_string(host.address) + '\n';
  write_file(truth, truth_json(spec));
  write_file(targets, lines);

  if (in_new_namespace) enter_private_network();
  const Tun tun(spec);
  Farm farm(spec);
  for (const auto& [name, value] : {std::pair{"EDGEFARM_SPEC", arguments.bare},
                                    {"EDGEFARM_TRUTH", truth},
                                    {"EDGEFARM_COUNTERS", counters},
                                    {"EDGEFARM_TARGETS", targets},
                                    {"EDGEFARM_DNS", spec.dns ? to_string(*spec.dns) : std::string{}}})
    setenv(name, value.c_str(), 1);
  Run what;
  what.command = arguments.command;
  if (arguments.has("--limit")) what.limit_s = arguments.number("--limit", 0);
  what.on_report = [&] { write_file(counters, counters_json(farm)); };
  const int status = run(farm, tun, what);
  what.on_report();
  return status;
}

int dispatch(const std::vector<std::string>& words) {
  if (words.empty() || words[0] == "--help" || words[0] == "-h") {
    std::cout << usage;
    return words.empty() ? 2 : 0;
  }
  const std::vector<std::string> rest(words.begin() + 1, words.end());
  if (words[0] == "generate") return generate_command(rest);
  if (words[0] == "truth") return truth_command(rest);
  if (words[0] == "kinds") return kinds_command();
  if (words[0] == "run") return open_command(rest, true);
  if (words[0] == "serve") return open_command(rest, false);
  throw UsageError("no such command: " + words[0]);
}

}  // namespace
}  // namespace edgesurvey::farm

int main(int argc, char** argv) try {
  return edgesurvey::farm::dispatch({argv + 1, argv + argc});
} catch (const edgesurvey::farm::UsageError& error) {
  std::cerr << "edgefarm: " << error.what() << '\n' << edgesurvey::farm::usage;
  return 2;
} catch (const edgesurvey::farm::TunError& error) {
  std::cerr << "edgefarm: " << error.what() << '\n';
  return edgesurvey::farm::exit_not_opened;
} catch (const std::exception& error) {
  std::cerr << "edgefarm: " << error.what() << '\n';
  return 1;
}

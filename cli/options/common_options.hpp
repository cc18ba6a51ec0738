// Options that several commands have, and what adding one takes.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <type_traits>
#include <vector>

#include "cli/options/options.hpp"
#include "reports/files/destination.hpp"

namespace edgesurvey {

// What a path lacks to be one, for people; empty if nothing. A pipeline whose variable is not set gives '',
// and to leave the option out then would be to leave out what it guards.
std::string not_empty(const std::string& path);
// Of a file that is kept: nor may it be '-', which is a stream.
std::string lasting_file(const std::string& path);

// One word a time: `-o a.json b.csv` is not two outputs. type: for the help, and FILE and OLD are paths.
template <typename Value>
CLI::Option* add(CLI::App& app, const std::string& names, Value& value, const std::string& type,
                 const std::string& text) {
  auto* option = app.add_option(names, value, text)->type_name(type);
  if constexpr (std::is_same_v<Value, std::vector<std::string>>) option->allow_extra_args(false);
  if constexpr (std::is_same_v<Value, std::string>) option->default_str(value);
  if (type == "FILE" || type == "OLD") option->check(not_empty);
  return option;
}

// The options added while this lives stand together in the help.
class Group {
 public:
  Group(CLI::App& app, const std::string& title) : app_(app) { app_.option_defaults()->group(title); }
  ~Group() { app_.option_defaults()->group("Options"); }
  Group(const Group&) = delete;
  Group& operator=(const Group&) = delete;

 private:
  CLI::App& app_;
};

// -o of these formats, -q and -v. output must outlive the app, as all that is handed over here.
void add_output_options(CLI::App& command, OutputOptions& output, const std::string& bare_stdout,
                        const std::string& other_stdout);
template <typename Made>
void add_output_options(CLI::App& command, OutputOptions& output, Formats<Made> formats) {
  add_output_options(command, output, std::string(formats.front().ending),
                     formats.size() > 1 ? std::string(formats[1].ending) : "");
}

// --history of the commands that add a run to one.
void add_history_option(CLI::App& command, std::string& history);
// --policy and --fail-on.
void add_policy_options(CLI::App& command, PolicyOptions& policy);

// What -o's endings may be, for the foot of the help.
std::string formats_of_output(const std::string& known_endings);

}  // namespace edgesurvey

// How --help looks: groups of options in two columns, within 80 columns.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace edgesurvey {

class HelpFormatter final : public CLI::FormatterBase {
 public:
  std::string make_help(const CLI::App* app, std::string name, CLI::AppFormatMode mode) const override;
};

}  // namespace edgesurvey

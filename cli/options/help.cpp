#include "cli/options/help.hpp"

#include <cstddef>

#include "reports/text/terminal.hpp"

namespace edgesurvey {
namespace {

constexpr std::size_t text_column = 28;
constexpr std::size_t last_column = 80;

// "  what      text, wrapped in its own column"
std::string entry(const std::string& what, const std::string& text) {
  std::string line = "  " + what;
  if (line.size() + 2 > text_column)
    line += '\n' + std::string(text_column, ' ');
  else
    line.resize(text_column, ' ');
  for (const char c : paragraph(text, last_column - text_column)) {
    line += c;
    if (c == '\n') line.append(text_column, ' ');
  }
  return line + '\n';
}

// "-t, --targets FILE"; a long name alone stands below the long names.
std::string spelling(const CLI::Option& option) {
  if (option.get_positional()) return option.get_name(true);
  std::string text;
  for (const auto& name : option.get_snames()) text += (text.empty() ? "-" : ", -") + name;
  if (text.empty()) text = "   ";
  for (const auto& name : option.get_lnames()) text += (text == "   " ? " --" : ", --") + name;
  return option.get_type_size() == 0 ? text : text + ' ' + option.get_type_name();
}

std::string meaning(const CLI::Option& option) {
  const std::string& standard = option.get_default_str();
  return option.get_description() + (standard.empty() ? "" : " (default " + standard + ")");
}

std::string group(const CLI::App& app, const std::string& title) {
  std::string text = '\n' + title + ":\n";
  for (const auto* option : app.get_options(
           [&](const CLI::Option* each) { return each->get_group() == title && each->nonpositional(); }))
    text += entry(spelling(*option), meaning(*option));
  return text;
}

std::string arguments(const CLI::App& app) {
  std::string text;
  for (const auto* option : app.get_options([](const CLI::Option* each) { return each->get_positional(); }))
    text += entry(spelling(*option), meaning(*option));
  return text.empty() ? text : "\nArguments:\n" + text;
}

std::string commands(const CLI::App& app) {
  std::string text;
  for (const auto* command : app.get_subcommands({}))
    text += entry(command->get_name(), command->get_description());
  return text.empty() ? text : "\nCommands:\n" + text;
}

std::string usage(const CLI::App& app, const std::string& name) {
  std::string text = "Usage: " + name + " [OPTION...]";
  for (const auto* option : app.get_options([](const CLI::Option* each) { return each->get_positional(); }))
    text += option->get_required()           ? ' ' + option->get_name(true)
            : option->get_expected_max() > 1 ? " [" + option->get_name(true) + "...]"
                                             : " [" + option->get_name(true) + "]";
  return text + (app.get_subcommands({}).empty() ? "\n" : " COMMAND ...\n");
}

}  // namespace

std::string HelpFormatter::make_help(const CLI::App* app, std::string name,
                                     CLI::AppFormatMode /*mode*/) const {
  std::string text = paragraph(app->get_description(), last_column) + "\n\n" + usage(*app, name);
  text += arguments(*app) + commands(*app);
  for (const auto& title : app->get_groups())
    if (!title.empty()) text += group(*app, title);  // without a title: not to be shown
  return app->get_footer().empty() ? text : text + '\n' + app->get_footer() + '\n';
}

}  // namespace edgesurvey

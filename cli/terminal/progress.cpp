#include "cli/terminal/progress.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

#include "targets/saturating.hpp"

namespace edgesurvey {
namespace {

using std::chrono::duration_cast;

double seconds(Duration duration) {
  return std::chrono::duration<double>(duration).count();
}

// So long the pace says more about the rate than what was seen: the first silences are still being waited
// for.
constexpr Duration warming_up = std::chrono::seconds(3);

// Less than this is never said of a survey that is not done.
constexpr Duration least_left = std::chrono::seconds(1);

// What the hosts not yet done still need. Those done may have cost less than was expected of them.
double probes_left(const Progress& progress) {
  const auto hosts = static_cast<double>(progress.hosts_expected - progress.hosts_done);
  const auto begun =
      static_cast<double>(progress.probes - std::min(progress.probes_of_done, progress.probes));
  return std::max(hosts * progress.probes_a_host - begun, 0.0);
}

// At the rate of the probes seen so far: short of descriptors, or far from hosts that stay silent, a survey
// is slower than its pace.
Duration remaining(const Progress& progress) {
  if (progress.hosts_done >= progress.hosts_expected) return Duration::zero();
  if (progress.probes == 0 || progress.elapsed < warming_up)
    return std::max(progress.estimate - progress.elapsed, least_left);
  const double each = seconds(progress.elapsed) / static_cast<double>(progress.probes);
  const double left = std::min(each * probes_left(progress), longest_seconds);
  return std::max(duration_cast<Duration>(std::chrono::duration<double>(left)), least_left);
}

std::string two_digits(std::int64_t number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

}  // namespace

std::string format_count(std::uint64_t count) {
  if (count == uncountable) return count_in_words(count);
  std::string text = std::to_string(count);
  for (std::size_t place = text.size(); place > 3; place -= 3) text.insert(place - 3, ",");
  return text;
}

std::string format_duration(Duration duration) {
  const auto whole = std::chrono::ceil<std::chrono::seconds>(duration).count();
  if (whole >= static_cast<std::int64_t>(longest_seconds)) return "31 years or more";
  if (whole < 60) return std::to_string(whole) + "s";
  if (whole < 3600) return std::to_string(whole / 60) + "m " + two_digits(whole % 60) + "s";
  return std::to_string(whole / 3600) + "h " + two_digits(whole / 60 % 60) + "m";
}

std::string progress_line(const Progress& progress, std::size_t width) {
  const double elapsed = seconds(progress.elapsed);
  const auto rate =
      elapsed > 0 ? static_cast<std::uint64_t>(std::lround(static_cast<double>(progress.probes) / elapsed))
                  : std::uint64_t{0};
  std::string done =
      format_count(progress.hosts_done) + "/" + format_count(progress.hosts_expected) + " hosts";
  const std::string exposed = ", " + format_count(progress.exposed) + " exposed";
  const std::string left = ", " + format_duration(remaining(progress)) + " left";
  const std::string probes = ", " + format_count(progress.probes) + " probes";
  const std::string pace = " (" + format_count(rate) + "/s)";
  const std::array shapes{done + probes + pace + exposed + left, done + probes + exposed + left,
                          done + exposed + left, done + exposed};
  for (const auto& line : shapes)
    if (line.size() < width) return line;
  return done;
}

}  // namespace edgesurvey

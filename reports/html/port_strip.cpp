#include "reports/html/port_strip.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "reports/html/answer.hpp"
#include "reports/text/numbers.hpp"
#include "reports/text/port_list.hpp"

namespace edgesurvey::html {
namespace {

constexpr int first_port = 50000;

using PortsByAnswer = std::array<std::vector<Port>, all_answers.size()>;

PortsByAnswer sampled_ports(const Evidence& evidence) {
  PortsByAnswer by_answer;
  for (const auto& port : evidence.ports) {
    if (port.role == Role::sample) by_answer[static_cast<std::size_t>(answer_of(port))].push_back(port.port);
  }
  for (auto& ports : by_answer) std::sort(ports.begin(), ports.end());
  return by_answer;
}

// "50034, 50301-50303": with spaces, where a line may break.
std::string spaced(const std::string& port_list) {
  std::string text;
  for (const char c : port_list) text += c == ',' ? ", " : std::string(1, c);
  return text;
}

// Where a kind's marks begin and how tall they are, in a strip 48 high: open ones stand out over all others,
// silence stays on the ground, and what something in between rejected floats.
struct Lane {
  int top;
  int height;
};
constexpr std::array<Lane, all_answers.size()> lanes{{{0, 48}, {14, 34}, {14, 14}, {38, 10}, {30, 5}}};

void append_marks(std::string& path, const std::vector<Port>& ports, const Lane& lane) {
  const std::string top = " " + std::to_string(lane.top);
  const std::string height = std::to_string(lane.height);
  for (std::size_t i = 0; i < ports.size();) {
    std::size_t end = i + 1;
    while (end < ports.size() && ports[end] == ports[end - 1] + 1) ++end;
    const int x = ports[i] - first_port;
    path += "M" + std::to_string(x) + top;
    if (end == i + 1) {
      path += "v" + height;
    } else {
      const std::string width = std::to_string(end - i - 1);
      path.append("h").append(width).append("v").append(height).append("h-").append(width).append("z");
    }
    i = end;
  }
}

}  // namespace

std::string strip_svg(const Evidence& evidence) {
  const auto by_answer = sampled_ports(evidence);
  std::string svg =
      "<svg class=\"strip\" viewBox=\"0 0 10000 48\" preserveAspectRatio=\"none\" aria-hidden=\"true\">";
  for (const auto answer : all_answers) {
    const auto index = static_cast<std::size_t>(answer);
    if (by_answer[index].empty()) continue;
    svg += "<path class=\"" + std::string(css_class(answer)) + "\" d=\"";
    append_marks(svg, by_answer[index], lanes[index]);
    svg += "\"/>";
  }
  return svg + "</svg>";
}

std::string strip_key(const Evidence& evidence) {
  const auto by_answer = sampled_ports(evidence);
  const auto commonest = std::max_element(by_answer.begin(), by_answer.end(),
                                          [](const auto& a, const auto& b) { return a.size() < b.size(); });
  std::string list = "<ul class=\"key\">";
  for (const auto answer : all_answers) {
    const auto& ports = by_answer[static_cast<std::size_t>(answer)];
    if (ports.empty()) continue;
    list += "<li class=\"" + std::string(css_class(answer)) + "\">" + grouped(ports.size()) + " " +
            std::string(title(answer));
    if (&ports != &*commonest) list += ": <span class=\"ports\">" + spaced(to_port_list(ports)) + "</span>";
    list += "</li>";
  }
  return list + "</ul>";
}

}  // namespace edgesurvey::html

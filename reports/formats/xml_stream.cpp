#include "reports/formats/xml_stream.hpp"

#include <array>
#include <ostream>
#include <sstream>

#include "targets/text/text.hpp"

namespace edgesurvey {
namespace {

struct Replacement {
  std::string_view from;
  std::string_view to;
};
// Noncharacters: valid UTF-8, printable for all a terminal cares, and no XML.
constexpr std::array<Replacement, 2> not_xml{{{"\xEF\xBF\xBE", "\\u{fffe}"}, {"\xEF\xBF\xBF", "\\u{ffff}"}}};

constexpr const char* indent = "  ";

}  // namespace

std::string xml_text(std::string_view untrusted) {
  std::string text = printable(untrusted);
  for (const auto& [from, to] : not_xml) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
      text.replace(at, from.size(), to);
    }
  }
  return text;
}

void set_attribute(pugi::xml_node element, const char* name, std::string_view untrusted) {
  element.append_attribute(name).set_value(xml_text(untrusted).c_str());
}

void set_attribute(pugi::xml_node element, const char* name, std::uint64_t number) {
  element.append_attribute(name).set_value(std::to_string(number).c_str());
}

XmlStream::XmlStream(std::ostream& out) : out_(out) {
  out_ << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
}

void XmlStream::raw(std::string_view line) {
  out_ << line << '\n';
}

// pugixml knows only whole elements: "<suite a="b" />" becomes the start tag that it begins with.
void XmlStream::open(const pugi::xml_node& element_without_children) {
  std::ostringstream printed;
  element_without_children.print(printed, indent, pugi::format_raw, pugi::encoding_utf8);
  std::string tag = std::move(printed).str();
  tag.erase(tag.find_last_not_of("/> \n") + 1);
  for (std::size_t i = 0; i < open_elements_.size(); ++i) out_ << indent;
  out_ << tag << ">\n";
  open_elements_.emplace_back(element_without_children.name());
}

void XmlStream::write(const pugi::xml_node& element) {
  element.print(out_, indent, pugi::format_indent, pugi::encoding_utf8,
                static_cast<unsigned>(open_elements_.size()));
}

void XmlStream::close() {
  const std::string name = std::move(open_elements_.back());
  open_elements_.pop_back();
  for (std::size_t i = 0; i < open_elements_.size(); ++i) out_ << indent;
  out_ << "</" << name << ">\n";
}

}  // namespace edgesurvey

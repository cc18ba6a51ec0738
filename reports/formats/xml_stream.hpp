// XML written as it comes: every element is a small pugixml tree that is made, printed and forgotten, so a
// survey of any size needs the memory of one host. pugixml escapes what is markup.
#pragma once

#include <iosfwd>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace edgesurvey {

// Text from outside as XML 1.0 can hold it: printable (targets/text.hpp), since most control characters are
// forbidden there even as &#1;, and so are U+FFFE and U+FFFF.
std::string xml_text(std::string_view untrusted);

// An attribute's value goes through xml_text.
void set_attribute(pugi::xml_node element, const char* name, std::string_view untrusted);
void set_attribute(pugi::xml_node element, const char* name, std::uint64_t number);

class XmlStream {
 public:
  // Writes the declaration; out must outlive the stream.
  explicit XmlStream(std::ostream& out);

  // Markup of our own that is no element: a document type, a comment.
  void raw(std::string_view line);
  // An element whose children are written next, one by one; close() ends it.
  void open(const pugi::xml_node& element_without_children);
  void write(const pugi::xml_node& element);
  void close();

 private:
  std::ostream& out_;
  std::vector<std::string> open_elements_;
};

}  // namespace edgesurvey

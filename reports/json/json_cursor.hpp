// Untrusted JSON, checked as it is read: every value is asked for by the type and bounds it must have, and
// what does not fit is named by its path ("hosts[3].verdict").
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "reports/files/report_error.hpp"

namespace edgesurvey {

// Longer than any line of a target list, and so than any name, tag or argument of a real result.
inline constexpr std::size_t max_json_text = 65536;

class JsonDocument;

// One value of a document; valid until the document parses again or goes, and within each() and each_member()
// until the function returns that they call. Every member function throws ReadError, with the value's path,
// when the value is not what is asked for.
class JsonCursor {
 public:
  JsonCursor member(std::string_view key) const;
  // nullopt when there is no such member, or it is null.
  std::optional<JsonCursor> find(std::string_view key) const;

  std::string_view text(std::size_t max_bytes = max_json_text) const;
  std::uint64_t number(std::uint64_t max = std::numeric_limits<std::uint64_t>::max()) const;
  template <typename Unsigned>
  Unsigned as() const {
    return static_cast<Unsigned>(number(std::numeric_limits<Unsigned>::max()));
  }
  double decimal(double min, double max) const;
  bool boolean() const;
  // A text that a parse function knows: a word of a closed set, an address, a time. what: "a verdict".
  template <typename Parse>
  auto parsed(Parse parse, std::string_view what) const {
    const auto value = parse(text());
    if (!value) fail_as("is not " + std::string(what));
    return *value;
  }

  void each(const std::function<void(JsonCursor)>& element) const;
  void each_member(const std::function<void(std::string_view, JsonCursor)>& member) const;

  [[noreturn]] void fail(const std::string& what) const;
  // fail() with the value shown: "'x' is not a verdict".
  [[noreturn]] void fail_as(const std::string& what) const;

 private:
  friend class JsonDocument;
  struct Step;
  JsonCursor(const JsonDocument& document, std::size_t step) : document_(&document), step_(step) {}
  Step& step() const;
  JsonCursor inner(Step inner) const;
  template <typename Use>
  void inside(Step inner, Use use) const;

  const JsonDocument* document_;
  std::size_t step_;  // among those that led to the values in use
};

// Parses one text after the other and keeps its memory in between.
class JsonDocument {
 public:
  JsonDocument();
  ~JsonDocument();
  JsonDocument(const JsonDocument&) = delete;
  JsonDocument& operator=(const JsonDocument&) = delete;

  // place: where the text stands in the whole, as "hosts[3]"; begins every path. Ends what earlier cursors
  // see.
  JsonCursor parse(std::string_view text, std::string place = {});

 private:
  friend class JsonCursor;

  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace edgesurvey

// RESULT.json read back as untrusted input: every value checked, one host in memory at a time.
#pragma once

#include <map>
#include <string>

#include "reports/survey/indexed_source.hpp"

namespace edgesurvey {

class JsonSource final : public IndexedSource {
 public:
  // Throws ReadError: "result.json: hosts[3].verdict: 'x' is not a verdict".
  explicit JsonSource(const std::string& path) : JsonSource(RecordFile(path)) {}
  explicit JsonSource(RecordFile file);

 private:
  JsonCursor host_in(const JsonCursor& record) const override { return record; }
  void load();
  JsonCursor parse_member(JsonDocument& document, const std::string& member) const;

  std::map<std::string, RecordSpan, std::less<>> members_;
};

}  // namespace edgesurvey

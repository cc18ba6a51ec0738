#include "reports/survey/json_source.hpp"

#include "reports/json/json_splitter.hpp"
#include "reports/survey/host_json.hpp"
#include "reports/survey/policy_json.hpp"
#include "reports/survey/run_json.hpp"
#include "targets/text/text.hpp"

namespace edgesurvey {
namespace {

bool is_list(std::string_view member) {
  return member == "targets" || member == "hosts";
}

}  // namespace

JsonSource::JsonSource(RecordFile file) : IndexedSource(std::move(file)) {
  JsonSplitter splitter(file_);
  JsonDocument document;
  std::string text;
  const auto load_piece = [&](const JsonPiece& piece) {
    const std::string member(piece.member);
    if (!piece.is_element) {
      members_[member] = piece.span;
      return;
    }
    if (piece.text.empty()) file_.read(piece.span, text);
    const auto element = document.parse(piece.text.empty() ? text : piece.text,
                                        member + "[" + std::to_string(piece.index) + "]");
    if (member == "hosts") {
      index_.add_host(read_host_json(element), piece.span);
    } else {
      index_.add_target(piece.index, read_target(element));
    }
  };
  splitter.run(is_list, [&](const JsonPiece& piece) {
    try {
      load_piece(piece);
    } catch (const ReadError& error) {
      throw ReadError(printable(file_.path()) + ": " + error.what());
    }
  });
  load();
}

void JsonSource::load() {
  try {
    JsonDocument first;
    JsonDocument second;
    const auto schema = parse_member(first, "schema");
    if (schema.text() != schema_name) schema.fail_as("is not " + std::string(schema_name));
    run_ = read_run(parse_member(first, "tool"), parse_member(second, "run"));
  } catch (const ReadError& error) {
    throw ReadError(printable(file_.path()) + ": " + error.what());
  }
  finish_index();
  try {
    JsonDocument document;
    check_summary(parse_member(document, "summary"), summary());
    if (members_.contains("policy")) recorded_policy_ = read_policy(parse_member(document, "policy"));
  } catch (const ReadError& error) {
    throw ReadError(printable(file_.path()) + ": " + error.what());
  }
}

JsonCursor JsonSource::parse_member(JsonDocument& document, const std::string& member) const {
  const auto span = members_.find(member);
  if (span == members_.end()) throw ReadError("has no '" + member + "'");
  std::string text;
  file_.read(span->second, text);
  return document.parse(text, member);
}

}  // namespace edgesurvey

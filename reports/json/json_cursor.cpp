#include "reports/json/json_cursor.hpp"

#include <simdjson.h>

#include <new>
#include <vector>

#include "reports/files/record_file.hpp"
#include "targets/text/text.hpp"

namespace edgesurvey {

namespace dom = simdjson::dom;

namespace {

// Our deepest value is hosts[].ports[].icmp.type.
constexpr std::size_t max_depth = 16;

// Enough for most hosts; it grows with the text, and takes memory only as far as it is used.
constexpr std::size_t usual_bytes = 16384;

std::string shown_key(std::string_view key) {
  const bool is_word = !key.empty() && key.size() <= 40 && printable(key) == key &&
                       key.find_first_of(".[]' ") == std::string_view::npos;
  return is_word ? "." + std::string(key) : "[" + quoted(key, 40) + "]";
}

using Member = dom::object::iterator;

Member find_between(Member at, Member end, std::string_view key) {
  while (at != end && !at.key_equals(key)) ++at;
  return at;
}

}  // namespace

// How a value was come by, which is its path.
struct JsonCursor::Step {
  dom::element value;
  std::size_t from = 0;                // the step to what it is in; the root's is its own
  std::string_view key = {};           // of an object's member
  std::optional<std::size_t> at = {};  // of an array's element
  std::optional<Member> next = {};     // after the last one found: members are read much as they stand
};

struct JsonDocument::Impl {
  dom::parser parser{max_record_bytes};
  std::string place;
  std::vector<JsonCursor::Step> steps;
};

JsonDocument::JsonDocument() : impl_(std::make_unique<Impl>()) {
  if (impl_->parser.allocate(usual_bytes, max_depth) != simdjson::SUCCESS) throw std::bad_alloc();
}
JsonDocument::~JsonDocument() = default;

JsonCursor JsonDocument::parse(std::string_view text, std::string place) {
  impl_->place = std::move(place);
  impl_->steps.clear();
  dom::element root;
  if (const auto error = impl_->parser.parse(text.data(), text.size()).get(root)) {
    if (error == simdjson::MEMALLOC) throw std::bad_alloc();
    throw ReadError((impl_->place.empty() ? "" : impl_->place + ": ") +
                    "is not JSON: " + simdjson::error_message(error));
  }
  impl_->steps.push_back({.value = root});
  return {*this, 0};
}

JsonCursor::Step& JsonCursor::step() const {
  return document_->impl_->steps[step_];
}

JsonCursor JsonCursor::inner(Step inner) const {
  auto& steps = document_->impl_->steps;
  inner.from = step_;
  steps.push_back(inner);
  return {*document_, steps.size() - 1};
}

// The steps taken meanwhile go again, so that they are as few as a value is deep.
template <typename Use>
void JsonCursor::inside(Step inner_step, Use use) const {
  auto& steps = document_->impl_->steps;
  const auto before = static_cast<std::ptrdiff_t>(steps.size());
  use(inner(inner_step));
  steps.erase(steps.begin() + before, steps.end());
}

void JsonCursor::fail(const std::string& what) const {
  const auto& document = *document_->impl_;
  std::string path;
  for (std::size_t at = step_; at != 0; at = document.steps[at].from) {
    const auto& step = document.steps[at];
    path.insert(0, step.at ? "[" + std::to_string(*step.at) + "]" : shown_key(step.key));
  }
  if (document.place.empty() && path.starts_with('.')) path.erase(0, 1);
  path.insert(0, document.place);
  throw ReadError(path.empty() ? what : path + ": " + what);
}

void JsonCursor::fail_as(const std::string& what) const {
  fail(quoted(text(), 60) + " " + what);
}

std::optional<JsonCursor> JsonCursor::find(std::string_view key) const {
  dom::object object;
  if (step().value.get(object) != simdjson::SUCCESS) fail("must be an object");
  const Member next = step().next.value_or(object.begin());
  Member found = find_between(next, object.end(), key);
  if (found == object.end()) {
    found = find_between(object.begin(), next, key);
    if (found == next) return std::nullopt;
  }
  const Step member{.value = found.value(), .key = found.key()};
  step().next = ++found;
  return member.value.is_null() ? std::nullopt : std::optional(inner(member));
}

JsonCursor JsonCursor::member(std::string_view key) const {
  const auto found = find(key);
  if (!found) fail("has no '" + std::string(key) + "'");
  return *found;
}

std::string_view JsonCursor::text(std::size_t max_bytes) const {
  std::string_view text;
  if (step().value.get(text) != simdjson::SUCCESS) fail("must be a string");
  if (text.size() > max_bytes) fail("is longer than " + std::to_string(max_bytes) + " bytes");
  return text;
}

std::uint64_t JsonCursor::number(std::uint64_t max) const {
  std::uint64_t number = 0;
  if (step().value.get(number) != simdjson::SUCCESS) fail("must be a whole number, zero or more");
  if (number > max) fail(std::to_string(number) + " is more than " + std::to_string(max));
  return number;
}

double JsonCursor::decimal(double min, double max) const {
  double number = 0;
  if (step().value.get(number) != simdjson::SUCCESS) fail("must be a number");
  if (!(number >= min && number <= max)) fail("is out of bounds");
  return number;
}

bool JsonCursor::boolean() const {
  bool boolean = false;
  if (step().value.get(boolean) != simdjson::SUCCESS) fail("must be true or false");
  return boolean;
}

void JsonCursor::each(const std::function<void(JsonCursor)>& element) const {
  dom::array array;
  if (step().value.get(array) != simdjson::SUCCESS) fail("must be an array");
  std::size_t at = 0;
  for (const auto value : array) inside({.value = value, .at = at++}, element);
}

void JsonCursor::each_member(const std::function<void(std::string_view, JsonCursor)>& member) const {
  dom::object object;
  if (step().value.get(object) != simdjson::SUCCESS) fail("must be an object");
  for (const auto& field : object) {
    inside({.value = field.value, .key = field.key}, [&](JsonCursor value) { member(field.key, value); });
  }
}

}  // namespace edgesurvey

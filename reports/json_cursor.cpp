#include "reports/json_cursor.hpp"

#include <array>
#include <boost/json.hpp>

#include "targets/text.hpp"

namespace edgesurvey {

namespace json = boost::json;

namespace {

// Our deepest value is hosts[].ports[].icmp.type.
constexpr std::size_t max_depth = 16;

std::string shown_key(std::string_view key) {
  const bool is_word = !key.empty() && key.size() <= 40 && printable(key) == key &&
                       key.find_first_of(".[]' ") == std::string_view::npos;
  return is_word ? "." + std::string(key) : "[" + quoted(key, 40) + "]";
}

// Whether wanted lies below value; its path from there is put in front of path. Only errors pay for this.
bool find_path(const json::value& value, const json::value& wanted, std::string& path) {
  if (&value == &wanted) return true;
  if (const auto* object = value.if_object()) {
    for (const auto& [key, inner] : *object) {
      if (!find_path(inner, wanted, path)) continue;
      path.insert(0, shown_key({key.data(), key.size()}));
      return true;
    }
  } else if (const auto* array = value.if_array()) {
    for (std::size_t i = 0; i < array->size(); ++i) {
      if (!find_path((*array)[i], wanted, path)) continue;
      path.insert(0, "[" + std::to_string(i) + "]");
      return true;
    }
  }
  return false;
}

// next: where it is looked for first; then behind what was found.
const json::value* find_member(const json::object& object, std::string_view key, std::size_t& next) {
  const json::string_view wanted(key.data(), key.size());
  const auto* found = object.begin() + next;
  if (next >= object.size() || found->key() != wanted) found = object.find(wanted);
  if (found == object.end()) return nullptr;
  next = static_cast<std::size_t>(found - object.begin()) + 1;
  return &found->value();
}

}  // namespace

struct JsonDocument::Impl {
  // Enough for most hosts. The resource is made anew for every text: release() keeps doubling its block size.
  std::array<unsigned char, 65536> buffer;
  std::optional<json::monotonic_resource> memory;
  json::parser parser{{}, json::parse_options{.max_depth = max_depth}};
  std::optional<json::value> root;
  std::string place;
};

JsonDocument::JsonDocument() : impl_(std::make_unique<Impl>()) {}
JsonDocument::~JsonDocument() = default;

JsonCursor JsonDocument::parse(std::string_view text, std::string place) {
  impl_->place = std::move(place);
  impl_->root.reset();
  impl_->parser.reset();  // what a failed parse left lies in the old memory
  impl_->memory.emplace(impl_->buffer.data(), impl_->buffer.size());
  impl_->parser.reset(&*impl_->memory);
  json::error_code error;
  impl_->parser.write(text.data(), text.size(), error);
  if (error) {
    throw ReadError((impl_->place.empty() ? "" : impl_->place + ": ") + "is not JSON: " + error.message());
  }
  impl_->root.emplace(impl_->parser.release());
  return {*this, *impl_->root};
}

std::string JsonDocument::path_of(const json::value& value) const {
  std::string path;
  find_path(*impl_->root, value, path);
  if (impl_->place.empty() && path.starts_with('.')) path.erase(0, 1);
  return impl_->place + path;
}

void JsonCursor::fail(const std::string& what) const {
  const std::string path = document_->path_of(*value_);
  throw ReadError(path.empty() ? what : path + ": " + what);
}

void JsonCursor::fail_as(const std::string& what) const {
  fail(quoted(text(), 60) + " " + what);
}

std::optional<JsonCursor> JsonCursor::find(std::string_view key) const {
  const auto* object = value_->if_object();
  if (object == nullptr) fail("must be an object");
  const auto* value = find_member(*object, key, next_);
  if (value == nullptr || value->is_null()) return std::nullopt;
  return JsonCursor(*document_, *value);
}

JsonCursor JsonCursor::member(std::string_view key) const {
  const auto found = find(key);
  if (!found) fail("has no '" + std::string(key) + "'");
  return *found;
}

std::string_view JsonCursor::text(std::size_t max_bytes) const {
  const auto* string = value_->if_string();
  if (string == nullptr) fail("must be a string");
  if (string->size() > max_bytes) fail("is longer than " + std::to_string(max_bytes) + " bytes");
  return {string->data(), string->size()};
}

std::uint64_t JsonCursor::number(std::uint64_t max) const {
  std::optional<std::uint64_t> number;
  if (const auto* positive = value_->if_uint64()) number = *positive;
  if (const auto* either = value_->if_int64(); either != nullptr && *either >= 0) {
    number = static_cast<std::uint64_t>(*either);
  }
  if (!number) fail("must be a whole number, zero or more");
  if (*number > max) fail(std::to_string(*number) + " is more than " + std::to_string(max));
  return *number;
}

double JsonCursor::decimal(double min, double max) const {
  if (!value_->is_number()) fail("must be a number");
  const double number = value_->to_number<double>();
  if (!(number >= min && number <= max)) fail("is out of bounds");
  return number;
}

bool JsonCursor::boolean() const {
  const auto* boolean = value_->if_bool();
  if (boolean == nullptr) fail("must be true or false");
  return *boolean;
}

void JsonCursor::each(const std::function<void(JsonCursor)>& element) const {
  const auto* array = value_->if_array();
  if (array == nullptr) fail("must be an array");
  for (const auto& value : *array) element(JsonCursor(*document_, value));
}

void JsonCursor::each_member(const std::function<void(std::string_view, JsonCursor)>& member) const {
  const auto* object = value_->if_object();
  if (object == nullptr) fail("must be an object");
  for (const auto& [key, value] : *object) {
    member({key.data(), key.size()}, JsonCursor(*document_, value));
  }
}

}  // namespace edgesurvey

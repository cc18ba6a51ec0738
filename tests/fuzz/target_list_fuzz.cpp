// Any bytes as a target list, and as one command-line argument.
#include "targets/target_list.hpp"

#include "fuzz/expect.hpp"
#include "fuzz/input_expectations.hpp"
#include "targets/unprobeable.hpp"

namespace {

using namespace edgesurvey;
using edgesurvey::fuzz::expect;

std::string write_line(const Target& target) {
  std::string line = target.text;
  for (const Tag& tag : target.tags) {
    line += " " + tag.key + "=\"";
    for (const char c : tag.value) {
      if (c == '"' || c == '\\') line += '\\';
      line += c;
    }
    line += '"';
  }
  return line;
}

void expect_same_again(const Target& target) {
  const std::string line = write_line(target);
  if (line.size() > max_line_bytes) return;  // quoting the tags made it too long
  TargetList list;
  TargetParser(list).parse_text(line, "again");
  expect(list.errors.empty() && list.targets.size() == 1, "a target written down is one target");
  expect(list.targets[0].text == target.text, "a target keeps its text");
  expect(list.targets[0].what == target.what, "a target keeps its meaning");
  expect(list.targets[0].tags == target.tags, "a target keeps its tags");
}

void expect_good_block(const AddressBlock& block) {
  expect(block.first() <= block.last(), "a block is not reversed");
  expect(AddressBlock::parse(block.to_string()) == block, "a block written down is the same block");
  expect(!is_unprobeable(block.first()) && !is_unprobeable(block.last()), "no end of a block is multicast");
}

void expect_good_target(const Target& target) {
  expect(target.origin.line >= 1 && target.origin.column >= 1, "a target has a line and a column");
  expect(!target.text.empty() && !find_bad_byte(target.text), "a target's text has no control characters");
  for (const Tag& tag : target.tags) {
    expect(!find_bad_byte(tag.key) && !find_bad_byte(tag.value), "a tag has no control characters");
  }
  if (target.name() != nullptr) fuzz::expect_good_name(*target.name());
  if (target.block() != nullptr) expect_good_block(*target.block());
  expect_same_again(target);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::as_text(data, size);
  TargetList list;
  TargetParser(list).parse_text(text, "fuzz");
  for (const Target& target : list.targets) expect_good_target(target);
  fuzz::expect_good_errors(list.errors, "fuzz");

  TargetList argument;
  TargetParser(argument).parse_argument(text, 1);
  expect(argument.targets.size() + argument.errors.size() == 1, "an argument is a target or an error");
  for (const Target& target : argument.targets) expect_good_target(target);
  fuzz::expect_good_errors(argument.errors, "argument");
  return 0;
}

// Any bytes as a scope file, then the same as an exclusion file: what is listed must be admitted, and
// refused.
#include "targets/scope.hpp"

#include "fuzz/expect.hpp"
#include "fuzz/input_expectations.hpp"
#include "targets/unprobeable.hpp"

namespace {

using namespace edgesurvey;
using edgesurvey::fuzz::expect;

void expect_blocks_kept(const ScopeList& list) {
  const Scope allowing(list, {}, true);
  const Scope excluding(std::nullopt, list, true);
  for (const AddressBlock& block : list.blocks) {
    expect(AddressBlock::parse(block.to_string()) == block, "a block written down is the same block");
    for (const Address& address : {block.first(), block.last()}) {
      const auto never = is_unprobeable(address) ? std::optional(SkipReason::no_address) : std::nullopt;
      expect(allowing.refuse_address(address, nullptr) == never, "an address in a listed block is admitted");
      expect(excluding.refuse_address(address, nullptr) == never.value_or(SkipReason::excluded),
             "an excluded address is refused");
    }
  }
}

void expect_names_kept(const ScopeList& list) {
  const Scope allowing(list, {}, true);
  const Scope excluding(std::nullopt, list, true);
  for (const HostName& name : list.names) {
    fuzz::expect_good_name(name);
    const bool refused = list.blocks.empty() || name.is_under("online.lync.com");
    expect(allowing.refuse_name(name).has_value() == refused,
           "a listed name is admitted where there are blocks");
    expect(list.names_alone().has_value() == list.blocks.empty(), "names without blocks are a mistake");
    expect(excluding.refuse_name(name).has_value(), "an excluded name is refused");
    expect(excluding.refuse_alias(name).has_value(), "an excluded alias is refused");
  }
  for (const HostName& domain : list.domains) {
    fuzz::expect_good_name(domain);
    if (const auto below = HostName::parse("a." + domain.ascii())) {
      expect(excluding.refuse_name(*below).has_value(), "a name under an excluded domain is refused");
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ScopeList list;
  list.parse_text(fuzz::as_text(data, size), "fuzz");
  fuzz::expect_good_errors(list.errors, "fuzz");
  expect_blocks_kept(list);
  expect_names_kept(list);
  return 0;
}

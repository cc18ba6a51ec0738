#include "scanner/sample.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <set>

#include "support/catch.hpp"

using namespace edgesurvey;

namespace {

std::set<Port> as_set(const std::vector<Port>& ports) {
  return {ports.begin(), ports.end()};
}

auto blocks_in_range() {
  return rc::gen::inRange<std::size_t>(1, media_range_size + 1);
}

}  // namespace

TEST_CASE("A sample has distinct ports of the media range, none of them a CLS port") {
  REQUIRE(rc::check([](std::uint64_t seed) {
    const auto ports = stratified_sample(*blocks_in_range(), seed);
    return as_set(ports).size() == ports.size() && std::all_of(ports.begin(), ports.end(), [](Port port) {
             return in_media_range(port) && !is_cls_port(port);
           });
  }));
}

TEST_CASE("Each of N equal blocks gives one port, unless it holds CLS ports alone") {
  REQUIRE(rc::check([](std::uint64_t seed) {
    const auto blocks = *rc::gen::inRange<std::size_t>(1, whole_range);
    std::vector<unsigned> in_block(blocks);
    for (const Port port : stratified_sample(blocks, seed)) {
      // The block whose run [i * 10000 / N, (i + 1) * 10000 / N) holds the port.
      const std::size_t offset = port - media_range_first;
      std::size_t block = offset * blocks / media_range_size;
      while ((block + 1) * media_range_size / blocks <= offset) ++block;
      ++in_block[block];
    }
    for (std::size_t block = 0; block < blocks; ++block) {
      const std::size_t first = block * media_range_size / blocks;
      const std::size_t last = (block + 1) * media_range_size / blocks;
      const bool cls_only = first >= 1 && last <= 4;
      RC_ASSERT(in_block[block] == (cls_only ? 0U : 1U));
    }
  }));
}

TEST_CASE(
    "Any opening of 2 x 10000 / N ports holds a port of the sample and of its first half, wherever it lies") {
  REQUIRE(rc::check([](std::uint64_t seed) {
    const auto blocks = *rc::gen::inRange<std::size_t>(1, 2500);  // so that a block outweighs the CLS ports
    auto ports = stratified_sample(blocks, seed);
    if (*rc::gen::arbitrary<bool>()) ports.resize((ports.size() + 1) / 2);
    std::sort(ports.begin(), ports.end());
    const std::size_t width = std::min((2 * media_range_size + blocks - 1) / blocks, media_range_size);
    const auto first = *rc::gen::inRange<std::size_t>(media_range_first, media_range_last + 2 - width);
    const auto hit = std::lower_bound(ports.begin(), ports.end(), static_cast<Port>(first));
    RC_ASSERT(hit != ports.end());
    RC_ASSERT(*hit < first + width);
  }));
}

TEST_CASE("The first half of a sample stands at equal distances, and the other half does not") {
  auto ports = stratified_sample(64, 4);
  const auto distances = [](auto begin, auto end) {
    std::sort(begin, end);
    std::set<int> between;
    for (auto port = begin + 1; port != end; ++port) between.insert(*port - *(port - 1));
    return between;
  };
  CHECK(distances(ports.begin(), ports.begin() + 32) == std::set<int>{312, 313});
  CHECK(distances(ports.begin() + 32, ports.end()).size() > 20);
}

TEST_CASE("The seed decides the sample, and nothing else does") {
  CHECK(stratified_sample(64, 1) == stratified_sample(64, 1));
  CHECK(stratified_sample(64, 1) != stratified_sample(64, 2));
  CHECK(stratified_sample(64, 0).size() == 64);
}

TEST_CASE("The order of a sample does not climb through the range") {
  const auto ports = stratified_sample(64, 2015);
  CHECK_FALSE(std::is_sorted(ports.begin(), ports.end()));
}

TEST_CASE("As many blocks as the range has ports ask every port but the CLS ones") {
  for (const std::size_t blocks : {whole_range, media_range_size, std::size_t{1'000'000}}) {
    const auto ports = as_set(stratified_sample(blocks, 3));
    CHECK(ports.size() == 9997);
    CHECK(*ports.begin() == 50000);
    CHECK(ports.count(50004) == 1);
    CHECK(*ports.rbegin() == 59999);
  }
  CHECK(stratified_sample(1, 3).size() == 1);
}

TEST_CASE("Controls are distinct, unprivileged, outside the range, near it on both sides and far from it") {
  REQUIRE(rc::check([](std::uint64_t seed) {
    const auto ports = control_ports(seed);
    const auto any_in = [&](Port first, Port last) {
      return std::any_of(ports.begin(), ports.end(), [&](Port p) { return p >= first && p <= last; });
    };
    RC_ASSERT(ports.size() >= 4U);
    RC_ASSERT(as_set(ports).size() == ports.size());
    for (const Port port : ports) RC_ASSERT(port > 1023 && !in_media_range(port));
    RC_ASSERT(any_in(49500, 49999));
    RC_ASSERT(any_in(60000, 60999));
    RC_ASSERT(any_in(1024, 40000));
    RC_ASSERT(ports == control_ports(seed));
  }));
}

TEST_CASE("No control is a port where something commonly listens") {
  REQUIRE(rc::check([](std::uint64_t seed) {
    for (const Port port : control_ports(seed))
      for (const int common : {25565, 27017, 31337, 44818, 47808, 61616, 62078}) RC_ASSERT(port != common);
  }));
}

TEST_CASE("The first quarter of a sample and its first half are stratified by themselves") {
  REQUIRE(rc::check([](std::uint64_t seed) {
    const auto quarters = *rc::gen::element<std::size_t>(1, 2, 4, 5, 10, 20, 25, 50, 100);
    const auto ports = stratified_sample(4 * quarters, seed);
    for (const std::size_t part : {4U, 2U}) {
      const std::size_t blocks = 4 * quarters / part;
      std::set<std::size_t> hit;
      for (std::size_t i = 0; i < blocks; ++i)
        hit.insert(static_cast<std::size_t>(ports[i] - media_range_first) * blocks / media_range_size);
      RC_ASSERT(hit.size() == blocks);
    }
  }));
}

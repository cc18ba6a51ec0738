// Google Benchmark over the pure hot paths: items_per_second is units (steps, lines, hosts) a second.
#include <benchmark/benchmark.h>

#include "bench/hot_paths.hpp"

int main(int count, char** arguments) {
  benchmark::Initialize(&count, arguments);
  if (benchmark::ReportUnrecognizedArguments(count, arguments)) return 2;
  for (auto& path : edgesurvey::bench::hot_paths())
    benchmark::RegisterBenchmark(path.name.c_str(), [path](benchmark::State& state) {
      for ([[maybe_unused]] auto iteration : state) benchmark::DoNotOptimize(path.run());
      state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(path.units));
    });
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}

// The one loop: asks the schedule for the next step, then starts a probe, waits, takes a result, or leaves.
// Decides nothing itself.
#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

#include "scanner/schedule/schedule.hpp"
#include "scanner/survey/host_report.hpp"

namespace edgesurvey {

// Where the engine gets addresses from: each at most once, already allowed.
class HostFeed {
 public:
  enum class Supply : std::uint8_t { host, not_yet, ended };

  virtual ~HostFeed() = default;
  // Sets `address` and says `host`; or `not_yet`, when more may come (Engine::hosts_available() tells); or
  // `ended`.
  virtual Supply next_host(Address& address) = 0;
};

// Told what happened; has no way to answer back. Called from the io_context's thread.
class EngineObserver {
 public:
  virtual ~EngineObserver() = default;
  virtual void host_judged(const HostReport& report) = 0;
  virtual void probe_started(const StartProbe& /*start*/) {}
  virtual void probe_ended() = 0;
  // The system gave us no more descriptors: from now on this many probes are in flight at most.
  virtual void concurrency_lowered(std::size_t max_in_flight) = 0;
};

struct EngineOptions {
  Duration watch =
      std::chrono::milliseconds(200);        // how long a confirmed CLS port is watched after its handshake
  Duration drain = std::chrono::seconds(1);  // how long results are awaited after stop()
};

class Engine {
 public:
  // All references must outlive the engine. done runs once, from the io_context, when the schedule has
  // finished.
  Engine(boost::asio::io_context& context, Schedule& schedule, HostFeed& feed, EngineObserver& observer,
         EngineOptions options, std::function<void()> done);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  void start();
  // The feed has hosts again (or has ended) after it said not_yet.
  void hosts_available();
  // Starts nothing more, drains briefly, then reports every host begun and ends.
  void stop();

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace edgesurvey

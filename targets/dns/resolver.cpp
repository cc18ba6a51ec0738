#include "targets/dns/resolver.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <deque>
#include <unordered_map>
#include <utility>

#include "targets/dns/ares_library.hpp"
#include "targets/dns/hosts_file.hpp"
#include "targets/dns/lookup.hpp"

namespace edgesurvey {
namespace {

NameAnswer interrupted() {
  NameAnswer answer;
  answer.failure = SkipReason::interrupted;
  answer.detail = "interrupted";
  return answer;
}

bool is_wanted(const Address& address, Families families) {
  return families == Families::both || address.is_v4() == (families == Families::ipv4_only);
}

ResolverOptions made_whole(ResolverOptions options) {
  if (options.servers.empty()) options.servers = system_servers(options.resolv_conf);
  options.tries = std::max(options.tries, 1U);
  options.max_in_flight = std::max<std::size_t>(options.max_in_flight, 1);
  return options;
}

}  // namespace

// Handlers hold it weakly: what is still queued when the resolver goes does nothing.
class Resolver::Impl : public std::enable_shared_from_this<Impl> {
 public:
  Impl(boost::asio::io_context& context, ResolverOptions options)
      : context_(context),
        hosts_(options.servers.empty() ? HostsFile::read(options.hosts_file) : HostsFile()),
        options_(made_whole(std::move(options))) {}

  void resolve(const HostName& name, Done done) {
    ++pending_;
    waiting_.push_back({name, std::move(done)});
    start_soon();
  }

  void cancel() {
    for (auto& [id, running] : running_) end_soon(std::move(running.done), interrupted());
    running_.clear();
    for (Request& request : waiting_) end_soon(std::move(request.done), interrupted());
    waiting_.clear();
  }

  std::size_t pending() const { return pending_; }

 private:
  struct Request {
    HostName name;
    Done done;
  };
  struct Running {
    std::shared_ptr<Lookup> lookup;
    Done done;
  };

  // One handler at a time, however many names are given at once.
  void start_soon() {
    if (start_is_queued_) return;
    start_is_queued_ = true;
    boost::asio::post(context_, [weak = weak_from_this()] {
      if (const auto self = weak.lock()) self->start_waiting();
    });
  }

  void start_waiting() {
    start_is_queued_ = false;
    while (!waiting_.empty() && running_.size() < options_.max_in_flight) {
      Request request = std::move(waiting_.front());
      waiting_.pop_front();
      start(std::move(request));
    }
  }

  void start(Request request) {
    if (auto known = from_hosts_file(request.name))
      return end_soon(std::move(request.done), std::move(*known));
    const std::uint64_t id = next_id_++;
    const auto lookup = std::make_shared<Lookup>(
        context_, options_, request.name, [this, id](NameAnswer answer) { finish(id, std::move(answer)); });
    running_.emplace(id, Running{lookup, std::move(request.done)});
    lookup->start();
  }

  std::optional<NameAnswer> from_hosts_file(const HostName& name) const {
    NameAnswer answer;
    answer.addresses = hosts_.find(name);
    std::erase_if(answer.addresses, [this](const Address& a) { return !is_wanted(a, options_.families); });
    if (answer.addresses.empty()) return std::nullopt;
    return answer;
  }

  void finish(std::uint64_t id, NameAnswer answer) {
    const auto self = shared_from_this();  // done may end the resolver
    auto node = running_.extract(id);
    start_soon();
    end(node.mapped().done, std::move(answer));
  }

  void end_soon(Done done, NameAnswer answer) {
    boost::asio::post(
        context_, [weak = weak_from_this(), done = std::move(done), answer = std::move(answer)]() mutable {
          if (const auto self = weak.lock()) self->end(done, std::move(answer));
        });
  }

  void end(const Done& done, NameAnswer answer) {
    --pending_;
    done(std::move(answer));
  }

  boost::asio::io_context& context_;
  AresLibrary library_;  // before all that uses c-ares
  const HostsFile hosts_;
  const ResolverOptions options_;
  std::deque<Request> waiting_;
  std::unordered_map<std::uint64_t, Running> running_;
  std::uint64_t next_id_ = 0;
  std::size_t pending_ = 0;
  bool start_is_queued_ = false;
};

Resolver::Resolver(boost::asio::io_context& context, ResolverOptions options)
    : impl_(std::make_shared<Impl>(context, std::move(options))) {}
Resolver::~Resolver() = default;

void Resolver::resolve(const HostName& name, Done done) {
  impl_->resolve(name, std::move(done));
}
void Resolver::cancel() {
  impl_->cancel();
}
std::size_t Resolver::pending() const {
  return impl_->pending();
}

}  // namespace edgesurvey

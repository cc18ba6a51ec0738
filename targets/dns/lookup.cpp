#include "targets/dns/lookup.hpp"

#include <algorithm>
#include <utility>

#include "targets/dns/words.hpp"

namespace edgesurvey {

Lookup::Lookup(boost::asio::io_context& context, const ResolverOptions& options, HostName name, Done done)
    : context_(context),
      options_(options),
      name_(std::move(name)),
      done_(std::move(done)),
      deadline_(context),
      patience_left_(options.shortage_patience) {
  if (options_.families != Families::ipv6_only) open(a_, Family::ipv4);
  if (options_.families != Families::ipv4_only) open(aaaa_, Family::ipv6);
}

void Lookup::open(Asked& asked, Family family) {
  const auto heard = [this, &asked](FamilyResult result) {
    asked.result = std::move(result);
    finish_if_all_is_known();
  };
  asked.query = std::make_shared<FamilyQuery>(context_, options_, name_.ascii(), family, heard);
}

void Lookup::start() {
  for (const Asked* asked : {&a_, &aaaa_})
    if (asked->query) asked->query->start();
  wait_for_deadline(options_.deadline);
}

void Lookup::wait_for_deadline(std::chrono::milliseconds time) {
  deadline_.expires_after(time);
  deadline_.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
    const auto self = weak.lock();
    if (self && !error) self->time_is_over();
  });
}

// A family that has been waiting for a descriptor is given its time anew: its server was never asked.
void Lookup::time_is_over() {
  const bool starved =
      (a_.is_open() && a_.query->is_starved()) || (aaaa_.is_open() && aaaa_.query->is_starved());
  const auto more = std::min(options_.deadline, patience_left_);
  if (starved && more.count() > 0) {
    patience_left_ -= more;
    return wait_for_deadline(more);
  }
  close_for_lack_of_time(a_);
  close_for_lack_of_time(aaaa_);
  finish_if_all_is_known();
}

void Lookup::close_for_lack_of_time(Asked& asked) {
  if (!asked.is_open()) return;
  asked.result = asked.query->give_up();
  asked.result->notes.push_back("gave up after " + in_words(options_.deadline));
  asked.query.reset();
}

// The last thing done here: the owner lets go of this object.
void Lookup::finish_if_all_is_known() {
  if (!done_ || a_.is_open() || aaaa_.is_open()) return;
  NameAnswer answer = combine(std::move(a_.result), std::move(aaaa_.result));
  if (options_.families == Families::ipv6_only) {
    // AAAA records can hold IPv4-mapped addresses.
    std::erase_if(answer.addresses, [](const Address& address) { return address.is_v4(); });
    if (answer.addresses.empty() && !answer.failure) answer.failure = SkipReason::no_address;
  }
  const Done done = std::exchange(done_, nullptr);
  done(std::move(answer));
}

}  // namespace edgesurvey

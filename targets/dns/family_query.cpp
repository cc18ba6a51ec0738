#include "targets/dns/family_query.hpp"

#include <utility>

#include "targets/dns/answer.hpp"
#include "targets/dns/words.hpp"

namespace edgesurvey {
namespace {

// Descriptors come free as other lookups and probes end; the name's time bounds how often we try.
constexpr std::chrono::milliseconds shortage_pause{50};

FamilyResult::Kind kind_of(Answer::Kind kind) {
  switch (kind) {
    case Answer::Kind::addresses:
      return FamilyResult::Kind::addresses;
    case Answer::Kind::no_address:
      return FamilyResult::Kind::no_address;
    case Answer::Kind::nxdomain:
      return FamilyResult::Kind::nxdomain;
    case Answer::Kind::failure:
      break;
  }
  return FamilyResult::Kind::failure;
}

}  // namespace

FamilyQuery::FamilyQuery(boost::asio::io_context& context, const ResolverOptions& options, std::string name,
                         Family family, Done done)
    : context_(context),
      options_(options),
      name_(std::move(name)),
      family_(family),
      done_(std::move(done)),
      pause_(context) {}

void FamilyQuery::ask() {
  // The exchange belongs to this object and calls back only while it lives.
  exchange_ = std::make_shared<Exchange>(context_, server(), options_.try_timeout,
                                         [this](const Exchange::Result& result) { heard(result); });
  exchange_->start(name_, family_);
}

void FamilyQuery::heard(const Exchange::Result& result) {
  const std::string who = server().to_string() + " ";
  starved_ = result.outcome == Exchange::Outcome::short_of_resources;
  switch (result.outcome) {
    case Exchange::Outcome::answered:
      return read(result.message);
    case Exchange::Outcome::silent:
      return ask_next(who + "did not answer in " + in_words(options_.try_timeout), true);
    case Exchange::Outcome::unreadable:
      return ask_next(who + "sent no answer to the question", false);
    case Exchange::Outcome::failed:
      return ask_next(who + "failed (" + result.trouble + ")", false);
    case Exchange::Outcome::short_of_resources:
      return ask_again_soon("could not ask (" + result.trouble + ")");
    case Exchange::Outcome::not_for_dns:
      return finish({FamilyResult::Kind::nxdomain, {}, {}, {"not a DNS name (RFC 7686)"}});
  }
}

void FamilyQuery::read(const std::vector<std::uint8_t>& message) {
  Answer answer = read_answer(message, name_, family_);
  if (answer.kind == Answer::Kind::failure)
    return ask_next(server().to_string() + " answered: " + join(answer.notes, ", "), false);
  finish({kind_of(answer.kind), std::move(answer.addresses), std::move(answer.aliases),
          std::move(answer.notes)});
}

void FamilyQuery::ask_next(std::string trouble, bool was_silence) {
  add_once(troubles_, std::move(trouble));
  only_silence_ = only_silence_ && was_silence;
  ++attempt_;
  if (attempt_ < options_.servers.size() * options_.tries) return ask();
  finish(give_up());
}

// No try is used up: the server was never asked.
void FamilyQuery::ask_again_soon(std::string shortage) {
  add_once(troubles_, std::move(shortage));
  only_silence_ = false;
  exchange_.reset();
  pause_.expires_after(shortage_pause);
  pause_.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
    const auto self = weak.lock();
    if (self && !error) self->ask();
  });
}

FamilyResult FamilyQuery::give_up() const {
  FamilyResult result;
  result.kind = only_silence_ ? FamilyResult::Kind::timeout : FamilyResult::Kind::failure;
  result.notes = troubles_;
  return result;
}

// The last thing done here: the owner lets go of this object.
void FamilyQuery::finish(FamilyResult result) {
  const Done done = std::exchange(done_, nullptr);
  done(std::move(result));
}

}  // namespace edgesurvey

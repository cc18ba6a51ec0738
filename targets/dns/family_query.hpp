// One name and one family, asked of the servers in their order until one of them says something final.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "targets/dns/exchange.hpp"
#include "targets/dns/family_result.hpp"
#include "targets/dns/resolver_options.hpp"

namespace edgesurvey {

class FamilyQuery : public std::enable_shared_from_this<FamilyQuery> {
 public:
  using Done = std::function<void(FamilyResult)>;

  // Held by a shared_ptr; letting go of it ends the query, and done is not called. options.servers is not
  // empty, and outlives the query.
  FamilyQuery(boost::asio::io_context& context, const ResolverOptions& options, std::string name,
              Family family, Done done);

  // done is called once, later, from the io_context.
  void start() { ask(); }
  // We ourselves were short of descriptors when last it was tried: the server has not been asked since.
  bool is_starved() const { return starved_; }
  // What is known now, for a lookup whose time is over.
  FamilyResult give_up() const;

 private:
  const NameServer& server() const { return options_.servers[attempt_ % options_.servers.size()]; }
  void ask();
  void heard(const Exchange::Result& result);
  void read(const std::vector<std::uint8_t>& message);
  void ask_next(std::string trouble, bool was_silence);
  void ask_again_soon(std::string shortage);
  void finish(FamilyResult result);

  boost::asio::io_context& context_;
  const ResolverOptions& options_;
  const std::string name_;
  const Family family_;
  Done done_;
  std::shared_ptr<Exchange> exchange_;
  boost::asio::steady_timer pause_;
  std::size_t attempt_ = 0;
  std::vector<std::string> troubles_;
  bool only_silence_ = true;
  bool starved_ = false;
};

}  // namespace edgesurvey

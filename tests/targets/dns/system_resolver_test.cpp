#include <filesystem>
#include <fstream>

#include "dns_message.hpp"
#include "look_up.hpp"
#include "scripted_server.hpp"
#include "support/catch.hpp"
#include "targets/dns/ares_library.hpp"

using namespace edgesurvey;
using namespace edgesurvey::testing;

namespace {

// A system's two files, for as long as the test runs. The one server they name is on this host.
class SystemFiles {
 public:
  SystemFiles(const std::string& hosts, const std::string& resolv_conf) {
    std::string pattern = (std::filesystem::temp_directory_path() / "edgesurvey-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    std::ofstream(folder_ / "hosts") << hosts;
    std::ofstream(folder_ / "resolv.conf") << resolv_conf;
  }
  ~SystemFiles() { std::filesystem::remove_all(folder_); }
  SystemFiles(const SystemFiles&) = delete;
  SystemFiles& operator=(const SystemFiles&) = delete;

  ResolverOptions options() const {
    auto options = patient({});
    options.hosts_file = (folder_ / "hosts").string();
    options.resolv_conf = (folder_ / "resolv.conf").string();
    return options;
  }

 private:
  std::filesystem::path folder_;
};

Datagrams one_address(const Question& q) {
  Reply reply(q);
  if (q.type == type_a) reply.a(q.name, 0x7f000001);
  return {reply.bytes()};
}

}  // namespace

TEST_CASE("The hosts file is honoured before the system's servers, in both families") {
  boost::asio::io_context context;
  const SystemFiles files("127.0.0.7 Edge.example\n::1 edge.example\n", "nameserver 127.0.0.99\n");
  Resolver resolver(context, files.options());
  CHECK(texts(look_up(context, resolver, "edge.EXAMPLE").addresses) == Texts{"127.0.0.7", "::1"});
}

TEST_CASE("A system's servers are those of its resolv.conf, in its order") {
  const SystemFiles files("",
                          "# ours\nsearch corp.example\noptions ndots:5 rotate\n"
                          "nameserver 127.0.0.98\nnameserver ::1\nnameserver 127.0.0.97\n");
  Texts found;
  for (const NameServer& server : system_servers(files.options().resolv_conf))
    found.push_back(server.to_string());
  CHECK(found == Texts{"127.0.0.98:53", "[::1]:53", "127.0.0.97:53"});
}

TEST_CASE("A system without a resolv.conf has its own server") {
  const auto servers = system_servers("/nonexistent/resolv.conf");
  REQUIRE(servers.size() == 1);
  CHECK(servers[0].to_string() == "127.0.0.1:53");
}

// resolv.conf has no way to name a port, so the server it names is a loopback address where none listens.
TEST_CASE("What the hosts file lacks, the name or the wanted family, is asked of the system's servers") {
  boost::asio::io_context context;
  const SystemFiles files("::1 six.example\n", "nameserver 127.0.0.99\n");
  auto options = files.options();
  options.families = Families::ipv4_only;
  Resolver resolver(context, options);
  const auto answer = look_up(context, resolver, GENERATE("six.example", "missing.example"));
  CHECK(answer.failure == SkipReason::dns_failure);
  CHECK_THAT(answer.detail, Catch::Matchers::Contains("127.0.0.99:53"));
}

TEST_CASE("The hosts file has no say when servers are named") {
  boost::asio::io_context context;
  ScriptedServer server(context, one_address);
  const SystemFiles files("127.0.0.7 edge.example\n", "");
  auto options = files.options();
  options.servers = {server.name_server()};
  Resolver resolver(context, options);
  CHECK(texts(look_up(context, resolver, "edge.example").addresses) == Texts{"127.0.0.1"});
}

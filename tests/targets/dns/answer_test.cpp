#include "targets/dns/answer.hpp"

#include "dns_message.hpp"
#include "look_up.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::testing;
using Catch::Matchers::Contains;

namespace {

constexpr std::string_view asked = "edge.contoso.example";

Reply reply_about_a() {
  return Reply(asked, type_a);
}
Answer read_a(const Reply& reply) {
  return read_answer(reply.bytes(), asked, Family::ipv4);
}
std::string notes(const Answer& answer) {
  std::string all;
  for (const std::string& note : answer.notes) all += note + "\n";
  return all;
}

}  // namespace

TEST_CASE("An answer's addresses come in its order, each once") {
  const Answer answer =
      read_a(reply_about_a().a(asked, 0x7f000002).a(asked, 0x7f000001).a("EDGE.contoso.EXAMPLE", 0x7f000002));
  CHECK(answer.kind == Answer::Kind::addresses);
  CHECK(texts(answer.addresses) == Texts{"127.0.0.2", "127.0.0.1"});
  CHECK(answer.notes.empty());
}

TEST_CASE("The alias chain is followed whatever order its records stand in") {
  const Answer answer = read_a(
      reply_about_a().a("c.example", 0x7f000001).cname("b.example", "C.example").cname(asked, "b.example"));
  CHECK(texts(answer.aliases) == Texts{"b.example", "c.example"});
  CHECK(texts(answer.addresses) == Texts{"127.0.0.1"});
}

TEST_CASE("Addresses of names that were not asked for are not taken") {
  const Answer answer =
      read_a(reply_about_a().a("other.example", 0x7f000001).cname("other.example", "b.example"));
  CHECK(answer.kind == Answer::Kind::no_address);
  CHECK(answer.aliases.empty());
}

TEST_CASE("Records of another class or family are passed over") {
  const Answer answer =
      read_a(reply_about_a().record(asked, type_a, {127, 0, 0, 9}, 3).aaaa(asked, 1).a(asked, 0x7f000001));
  CHECK(texts(answer.addresses) == Texts{"127.0.0.1"});
}

TEST_CASE("An alias without an address is a name without an address") {
  const Answer answer = read_a(reply_about_a().cname(asked, "b.example"));
  CHECK(answer.kind == Answer::Kind::no_address);
  CHECK(texts(answer.aliases) == Texts{"b.example"});
}

TEST_CASE("An alias of a name that does not exist is still told") {
  const Answer answer = read_a(reply_about_a().cname(asked, "sip.online.lync.com").rcode(nxdomain));
  CHECK(answer.kind == Answer::Kind::nxdomain);
  CHECK(texts(answer.aliases) == Texts{"sip.online.lync.com"});
}

TEST_CASE("An alias that is no host name is told in printable words, and the chain goes on past it") {
  const std::string odd = "sip\n\x1b[31m\xff.online.lync.com";
  const Answer answer =
      read_a(reply_about_a().cname(asked, odd).cname(odd, "b.example").a("b.example", 0x7f000001));
  CHECK(texts(answer.aliases) == Texts{"b.example"});
  CHECK(texts(answer.addresses) == Texts{"127.0.0.1"});
  CHECK_THAT(notes(answer), Contains("no host name: 'sip\\010\\027[31m\\255.online.lync.com'"));
}

TEST_CASE("Aliases that lead in a circle are a failure, and are found out") {
  const Answer answer = read_a(reply_about_a().cname(asked, "b.example").cname("b.example", asked));
  CHECK(answer.kind == Answer::Kind::failure);
  CHECK_THAT(notes(answer), Contains("circle"));
}

TEST_CASE("A chain of more aliases than any resolver follows is a failure") {
  Reply reply = reply_about_a();
  std::string owner(asked);
  const auto links = GENERATE(values<std::size_t>({max_alias_chain, max_alias_chain + 1}));
  for (std::size_t i = 0; i < links; ++i) {
    const std::string target = "n" + std::to_string(i) + ".example";
    reply.cname(owner, target);
    owner = target;
  }
  const Answer answer = read_a(reply.a(owner, 0x7f000001));
  CHECK(answer.kind == (links == max_alias_chain ? Answer::Kind::addresses : Answer::Kind::failure));
}

TEST_CASE("Of thousands of addresses the first are taken and the rest is told") {
  Reply reply = reply_about_a();
  for (std::uint32_t i = 0; i < 1200; ++i) reply.a(asked, 0x7f000000 + i);
  const Answer answer = read_a(reply);
  CHECK(answer.addresses.size() == max_addresses_per_answer);
  CHECK_THAT(notes(answer), Contains("first 256") && Contains("944"));
}

TEST_CASE("Response codes are failures under their own names") {
  const auto [code, name] = GENERATE(table<unsigned, const char*>(
      {{formerr, "FORMERR"}, {servfail, "SERVFAIL"}, {4, "NOTIMP"}, {refused, "REFUSED"}, {9, "RCODE 9"}}));
  const Answer answer = read_a(reply_about_a().rcode(code));
  CHECK(answer.kind == Answer::Kind::failure);
  CHECK(notes(answer) == std::string(name) + "\n");
}

TEST_CASE("An IPv4-mapped address in an AAAA record is the IPv4 address it stands for") {
  Bytes mapped(16, 0);
  mapped[10] = mapped[11] = 0xff;
  mapped[12] = 127;
  mapped[15] = 1;
  const Reply reply = Reply(asked, type_aaaa).record(asked, type_aaaa, mapped);
  CHECK(texts(read_answer(reply.bytes(), asked, Family::ipv6).addresses) == Texts{"127.0.0.1"});
}

TEST_CASE("An address record of the wrong length makes the answer unreadable") {
  const auto length = GENERATE(std::size_t{0}, std::size_t{3}, std::size_t{5}, std::size_t{16});
  const Answer answer = read_a(reply_about_a().a(asked, 0x7f000001).record(asked, type_a, Bytes(length, 1)));
  CHECK(answer.kind == Answer::Kind::failure);
  CHECK(answer.addresses.empty());
}

TEST_CASE("An answer that claims more records than it holds is unreadable") {
  CHECK(read_a(reply_about_a().a(asked, 0x7f000001).claim_answers(65535)).kind == Answer::Kind::failure);
}

TEST_CASE("An alias whose name does not fill its record is unreadable") {
  Bytes padded = encode_name("b.example");
  padded.push_back(0);
  CHECK(read_a(reply_about_a().record(asked, type_cname, padded)).kind == Answer::Kind::failure);
  CHECK(read_a(reply_about_a().record(asked, type_cname, {0xc0, 0xff})).kind == Answer::Kind::failure);
  CHECK(read_a(reply_about_a().record(asked, type_cname, {})).kind == Answer::Kind::failure);
}

TEST_CASE("An answer cut anywhere is unreadable, never half believed") {
  const Bytes whole =
      reply_about_a().cname(asked, "b.example").a("b.example", 0x7f000001).a("b.example", 0x7f000002).bytes();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    CAPTURE(size);
    const Answer answer = read_answer(std::span(whole).first(size), asked, Family::ipv4);
    CHECK(answer.kind == Answer::Kind::failure);
    CHECK(answer.addresses.empty());
  }
}

TEST_CASE("A question sent back is no answer") {
  Bytes echo = reply_about_a().bytes();
  echo[2] = 0x01;
  CHECK(read_answer(echo, asked, Family::ipv4).kind == Answer::Kind::failure);
}

#include "reports/big_survey.hpp"

#include "reports/small_survey.hpp"
#include "reports/survey/journal.hpp"

namespace edgesurvey::testing {
namespace {

// 198.18.0.0/15 is for benchmarks (RFC 2544), 2001:db8::/32 for documentation.
Address nth_address(std::size_t n) {
  return address(n % 10 == 9 ? "2001:db8::" : "198.18.0.0").plus(n).value();
}

HostReport nth_host(std::size_t n) {
  const std::string text = nth_address(n).to_string();
  switch (n % 8) {
    case 0:
    case 1:
      return exposed_host(text);
    case 2:
      return answering_host(text);
    case 3:
      return rejected_host(text);
    case 4:
      return failed_host(text);
    default:
      return quiet_host(text);
  }
}

std::string nth_name(std::size_t n) {
  if (n % 100 == 42) return hostile_names()[n / 100 % hostile_names().size()];
  return "edge-" + std::to_string(n) + ".org-" + std::to_string(n % 97) + ".example";
}

constexpr std::array skips{SkipReason::nxdomain, SkipReason::dns_timeout, SkipReason::excluded,
                           SkipReason::interrupted, SkipReason::hosted_service};

}  // namespace

const std::vector<std::string>& hostile_names() {
  static const std::vector<std::string> names{
      "=HYPERLINK(\"http://x\",\"y\")",
      "\"><script>alert('x')</script>",
      "]]></failure><!--",
      "${{ github.token }}",
      "a|b`c`|d\\|e",
      "@everyone #1 !1 org/repo#1 GH-1 https://evil.example www.evil.example a@evil.example",
      "[link](javascript:alert(1)) ![i](http://x) **b** _i_ ~~s~~ $`x`$",
      "::error file=a,line=1::injected",
      "##vso[task.setvariable variable=x]y",
      "line one\nline two\r\n\r\nparagraph",
      "\x01\x02\x08\x0b\x0c\x1b[2J\x7f\xC2\x85",
      "\xE2\x80\xAE"
      "elpmaxe.evil"
      "\xE2\x80\x8F\xE2\x81\xA6",
      "\xEF\xBF\xBE\xEF\xBF\xBF\xEF\xBB\xBF",
      "\xFF\xFE\xC0\xAF\xED\xA0\x80",
      "{0} {{1}} [2]",
      std::string(253, 'a'),
      std::string(253, '<'),
      std::string(84, '&') + std::string(84, '|') + std::string(85, '`'),
      "",
      " ",
  };
  return names;
}

void write_big_journal(const std::string& path, std::size_t hosts) {
  JournalWriter journal(path, small_run());
  std::uint64_t target = 0;
  for (std::size_t n = 0; n < hosts; ++n) {
    const Tag org{.key = "org", .value = "Org " + std::to_string(n % 97)};
    journal.target(named_target(nth_name(n), target + 1, {org}), resolved(target, {nth_address(n)}));
    ++target;
    journal.host(nth_host(n));
    if (n % 50 != 49) continue;
    auto outcome = resolved(target);
    outcome.skipped = skips[n / 50 % skips.size()];
    journal.target(named_target("gone-" + nth_name(n + 3), target + 1), outcome);
    ++target;
  }
  journal.finish(small_run());
}

}  // namespace edgesurvey::testing

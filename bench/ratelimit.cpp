// SPDX-License-Identifier: Apache-2.0
// What a limit costs a request, in nanoseconds of CPU time: through the real chain, in process,
// pinned to one core. "without" is the same chain with a middleware that sets two fields which stay
// the same; its cost is taken off. One key is one client that asks again and again; the others are
// asked for in an order without any. Arguments: as of bench/in_process.h.
#include "ratelimit.h"

#include "in_process.h"
#include <portico/testing.h>

#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace portico;

/// Sets what a limit would set, without a limit.
class Still final : public Plugin {
 public:
  using Config = NoSettings;
  static constexpr Info info{"still", "1.0.0", "Sets two fields"};
  Still(const Config&, Host&) {
    fields_.set("RateLimit-Policy", "\"1000000-in-1s\";q=1000000;w=1");
    fields_.set("RateLimit", "\"1000000-in-1s\";r=999999;t=1");
  }
  void setup(Registrar& r) override {
    r.middleware<NoSettings>("still", [this](const NoSettings&) {
      return [this](Request&) {
        return pass([this](Response& response) { response.headers().set(fields_); });
      };
    });
  }

 private:
  FixedHeaders fields_;
};

/// The n-th of 2^20 addresses, in an order without any.
std::string_view address(std::uint32_t n, std::array<char, 16>& text) {
  const std::uint32_t number = 0x0a000000U + (n * 0x9e3779b1U & 0xfffffU);
  char* end = text.data();
  for (int shift = 24; shift >= 0; shift -= 8) {
    end = std::to_chars(end, text.data() + text.size(), number >> shift & 0xffU).ptr;
    if (shift > 0) *end++ = '.';
  }
  return {text.data(), static_cast<std::size_t>(end - text.data())};
}

struct Case {
  std::string name;
  std::string settings;  // Empty: without.
  std::uint32_t keys;
  bench::Rounds rounds{};
  std::unique_ptr<testing::Gateway> gateway{};
  std::uint32_t at = 0;

  void prepare() {
    gateway = std::make_unique<testing::Gateway>();
    gateway->load<Still>().load<ratelimit::RateLimitPlugin>("{max_keys: 1000000}");
    gateway->use(settings.empty() ? "still" : "ratelimit: " + settings);
    gateway->route("{match: {path: /}, respond: {status: 204}}");
    gateway->start();
    run(keys);
    rounds.forget();
  }
  void run(std::uint32_t requests) {
    std::array<char, 16> text;
    gateway->advance(std::chrono::seconds(1));  // The bucket is full again: nothing is refused.
    rounds.run(requests, [&] {
      gateway->client_address(address(at, text));
      at = at + 1 >= keys ? 0 : at + 1;
      return gateway->get("/").status == Status::NoContent;
    });
  }
};

std::size_t resident() {
  std::ifstream file("/proc/self/statm");
  std::size_t size = 0;
  std::size_t pages = 0;
  file >> size >> pages;
  return pages * 4096;
}

}  // namespace

int main(int count, char** arguments) {
  const bench::Plan plan(count, arguments);
  if (!plan.possible()) return 64;
  constexpr std::uint32_t Many = 1'000'000;
  const auto of = [](std::string_view more) {
    return "{limit: 1000000, per: 1s" + std::string(more) + "}";
  };
  std::vector<Case> cases;
  for (const std::uint32_t keys : {1U, Many}) {
    cases.push_back({"without", "", keys});
    cases.push_back({"gcra", of(""), keys});
    cases.push_back({"fixed", of(", algorithm: fixed"), keys});
    cases.push_back({"sliding", of(", algorithm: sliding"), keys});
    cases.push_back({"gcra, headers: none", of(", headers: none"), keys});
  }
  for (Case& one : cases) {
    const std::size_t before = resident();
    one.prepare();
    if (one.keys == Many && one.name == "gcra") {
      std::printf("%u keys: %.1f MiB\n", one.keys,
                  static_cast<double>(resident() - before) / (1U << 20U));
    }
  }
  plan.take_turns(cases, [&](Case& one) { one.run(static_cast<std::uint32_t>(plan.requests)); });
  bool all = true;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    Case& one = cases[i];
    const std::size_t base = i < cases.size() / 2 ? 0 : cases.size() / 2;
    const double median = one.rounds.median();
    std::printf("%-20s %8u keys: %6.0f ns a request", one.name.c_str(), one.keys, median);
    if (i != base) std::printf(", the limit %4.0f ns", median - cases[base].rounds.median());
    std::printf("\n");
    all = all && one.rounds.all_passed();
  }
  if (all) return 0;
  std::fputs("a limit has refused: that was measured as well\n", stderr);
  return 1;
}

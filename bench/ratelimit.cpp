// SPDX-License-Identifier: Apache-2.0
// What a limit costs a request, in nanoseconds of CPU time: through the real chain, in process,
// pinned to one core. "without" is the same chain with a middleware that sets two fields which stay
// the same; its cost is taken off. One key is one client that asks again and again; the others are
// asked for in an order without any. Arguments: requests in each round (200000), rounds (11).
#include "ratelimit.h"

#include <portico/testing.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include <sched.h>
#include <time.h>

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

/// Of this thread: what else the machine does must not count.
double cpu_nanoseconds() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

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
  std::vector<double> nanoseconds{};
  std::unique_ptr<testing::Gateway> gateway{};
  std::uint32_t at = 0;
  std::size_t passed = 0;

  void prepare() {
    gateway = std::make_unique<testing::Gateway>();
    gateway->load<Still>().load<ratelimit::RateLimitPlugin>("{max_keys: 1000000}");
    gateway->use(settings.empty() ? "still" : "ratelimit: " + settings);
    gateway->route("{match: {path: /}, respond: {status: 204}}");
    gateway->start();
    run(keys);
    nanoseconds.clear();
    passed = 0;
  }
  void run(std::uint32_t requests) {
    std::array<char, 16> text;
    gateway->advance(std::chrono::seconds(1));  // The bucket is full again: nothing is refused.
    const double start = cpu_nanoseconds();
    for (std::uint32_t i = 0; i < requests; ++i) {
      gateway->client_address(address(at, text));
      at = at + 1 >= keys ? 0 : at + 1;
      passed += gateway->get("/").status == Status::NoContent ? 1 : 0;
    }
    nanoseconds.push_back((cpu_nanoseconds() - start) / requests);
  }
  [[nodiscard]] double median() {
    std::ranges::sort(nanoseconds);
    return nanoseconds[nanoseconds.size() / 2];
  }
};

std::size_t resident() {
  std::ifstream file("/proc/self/statm");
  std::size_t size = 0;
  std::size_t pages = 0;
  file >> size >> pages;
  return pages * 4096;
}

void pin() {
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(::sched_getcpu(), &one);
  ::sched_setaffinity(0, sizeof(one), &one);
}

}  // namespace

int main(int count, char** arguments) {
  const int requests = count > 1 ? std::atoi(arguments[1]) : 200'000;
  const int rounds = count > 2 ? std::atoi(arguments[2]) : 11;
  if (requests < 1 || rounds < 1) return 64;
  pin();
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
  std::size_t wanted = 0;
  for (Case& one : cases) {
    const std::size_t before = resident();
    one.prepare();
    if (one.keys == Many && one.name == "gcra") {
      std::printf("%u keys: %.1f MiB\n", one.keys,
                  static_cast<double>(resident() - before) / (1U << 20U));
    }
  }
  for (int round = 0; round < rounds; ++round) {
    for (Case& one : cases) one.run(static_cast<std::uint32_t>(requests));
    wanted += static_cast<std::size_t>(requests);
  }
  std::size_t passed = 0;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    Case& one = cases[i];
    const std::size_t base = i < cases.size() / 2 ? 0 : cases.size() / 2;
    std::printf("%-20s %8u keys: %6.0f ns a request", one.name.c_str(), one.keys, one.median());
    if (i != base) std::printf(", the limit %4.0f ns", one.median() - cases[base].median());
    std::printf("\n");
    passed += one.passed;
  }
  if (passed == wanted * cases.size()) return 0;
  std::fputs("a limit has refused: that was measured as well\n", stderr);
  return 1;
}

// SPDX-License-Identifier: Apache-2.0
// What `auth` costs a request, in nanoseconds of CPU time: through the real chain, in process,
// pinned to one core. "without" is the same chain with a middleware that sets as many fields of the
// request; its cost is taken off. "known" is one token again and again, "known, 1000 tokens" are
// tokens in turn; "verified" is a token that was never seen, without what its making costs.
// Arguments: requests in each round (200000), rounds (11).
#include "auth.h"

#include "jose/key_set.h"
#include "jose/signing_key.h"
#include <portico/testing.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include <sched.h>
#include <time.h>

namespace {

using namespace portico;

/// Says who the caller is, without asking.
class Still final : public Plugin {
 public:
  using Config = NoSettings;
  static constexpr Info info{"still", "1.0.0", "Sets four fields"};
  Still(const Config&, Host&) {
    for (const char* const name : {"X-User-Id", "X-User-Roles", "X-User-Scopes", "X-Session-Id"}) {
      fields_.set(name, "somebody");
    }
  }
  void setup(Registrar& r) override {
    r.middleware<NoSettings>("still", [this](const NoSettings&) {
      return [this](Request& request) {
        request.headers().set(fields_);
        return pass();
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

class Tokens {
 public:
  [[nodiscard]] std::string make() {
    // Of the length that ours have: about 600 characters.
    return "Bearer " +
           key_.sign(R"({"iss":"https://id.example","sub":"0190d8a0-7b3e-7c1d-9a52-3f1c5d7e9b10",)"
                     R"("aud":"api","exp":1700086400,"iat":1700000000,"jti":")" +
                     std::to_string(++number_) +
                     R"(","sid":"0190d8a0-7b3e-7c1d-9a52-3f1c5d7e9b11","auth_time":1700000000,)"
                     R"("scope":"read write","roles":["gold","staff"],"amr":["pwd"],"pv":7})");
  }
  [[nodiscard]] std::string jwks() const {
    auth::KeySet set;
    static_cast<void>(set.add(key_.public_key()));
    return set.jwks();
  }

 private:
  auth::SigningKey key_ = auth::SigningKey::generate();
  int number_ = 0;
};

enum class Brings { Nothing, Known, New };

struct Case {
  std::string name;
  Brings brings;
  std::size_t tokens;
  std::vector<double> nanoseconds{};
  Tokens issuer{};
  std::vector<std::string> texts{};
  std::unique_ptr<testing::Gateway> gateway{};
  std::size_t passed = 0;

  void prepare() {
    gateway = std::make_unique<testing::Gateway>();
    gateway->fetches([this](const Fetch&) {
      Fetched answer;
      answer.status = Status::Ok;
      answer.body = issuer.jwks();
      return answer;
    });
    gateway->load<Still>().load<auth::AuthPlugin>(
        "{issuers: [{issuer: \"https://id.example\", audience: api, jwks: "
        "\"https://id.example/keys\"}]}");
    gateway->use(brings == Brings::Nothing ? "still" : "auth");
    gateway->route("{match: {path: /}, respond: {status: 204}}");
    gateway->start();
    for (std::size_t i = 0; i < tokens; ++i) texts.push_back(issuer.make());
    run(tokens);
    nanoseconds.clear();
    passed = 0;
  }
  void run(std::size_t requests) {
    if (brings == Brings::New) {
      for (std::string& text : texts) text = issuer.make();
      requests = texts.size();
    }
    const double start = cpu_nanoseconds();
    for (std::size_t i = 0; i < requests; ++i) {
      const std::string& text = texts[i % texts.size()];
      passed += gateway->get("/", {{"Authorization", text}}).status == Status::NoContent ? 1 : 0;
    }
    nanoseconds.push_back((cpu_nanoseconds() - start) / static_cast<double>(requests));
  }
  [[nodiscard]] double median() {
    std::ranges::sort(nanoseconds);
    return nanoseconds[nanoseconds.size() / 2];
  }
};

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
  std::vector<Case> cases;
  cases.push_back({"without", Brings::Nothing, 1});
  cases.push_back({"known", Brings::Known, 1});
  cases.push_back({"known, 1000 tokens", Brings::Known, 1000});
  cases.push_back({"verified by ES256", Brings::New, 2000});
  for (Case& one : cases) one.prepare();
  for (int round = 0; round < rounds; ++round) {
    for (Case& one : cases) one.run(static_cast<std::size_t>(requests));
  }
  const double base = cases.front().median();
  bool all = true;
  for (Case& one : cases) {
    const double median = one.median();
    std::printf("%-20s %7.0f ns a request", one.name.c_str(), median);
    if (one.brings != Brings::Nothing) std::printf(", auth %6.0f ns", median - base);
    std::printf("\n");
    const std::size_t wanted =
        one.brings == Brings::New ? one.texts.size() : static_cast<std::size_t>(requests);
    all = all && one.passed == wanted * static_cast<std::size_t>(rounds);
  }
  if (all) return 0;
  std::fputs("a request was refused: that was measured as well\n", stderr);
  return 1;
}

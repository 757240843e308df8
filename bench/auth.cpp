// SPDX-License-Identifier: Apache-2.0
// What `auth` costs a request, in nanoseconds of CPU time: through the real chain, in process,
// pinned to one core. "without" is the same chain with a middleware that sets as many fields of the
// request; its cost is taken off. "known" is one token again and again, "known, 1000 tokens" are
// tokens in turn; "verified" is a token that was never seen, without what its making costs.
// Arguments: as of bench/in_process.h.
#include "auth.h"

#include "in_process.h"
#include "jose/key_set.h"
#include "jose/signing_key.h"
#include <portico/testing.h>

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

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
  bench::Rounds rounds{};
  Tokens issuer{};
  std::vector<std::string> texts{};
  std::unique_ptr<testing::Gateway> gateway{};

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
    rounds.forget();
  }
  void run(std::size_t requests) {
    if (brings == Brings::New) {
      for (std::string& text : texts) text = issuer.make();
      requests = texts.size();
    }
    std::size_t at = 0;
    rounds.run(requests, [&] {
      const std::string& text = texts[at++ % texts.size()];
      return gateway->get("/", {{"Authorization", text}}).status == Status::NoContent;
    });
  }
};

}  // namespace

int main(int count, char** arguments) {
  const bench::Plan plan(count, arguments);
  if (!plan.possible()) return 64;
  std::vector<Case> cases;
  cases.push_back({"without", Brings::Nothing, 1});
  cases.push_back({"known", Brings::Known, 1});
  cases.push_back({"known, 1000 tokens", Brings::Known, 1000});
  cases.push_back({"verified by ES256", Brings::New, 2000});
  for (Case& one : cases) one.prepare();
  plan.take_turns(cases, [&](Case& one) { one.run(static_cast<std::size_t>(plan.requests)); });
  const double base = cases.front().rounds.median();
  bool all = true;
  for (Case& one : cases) {
    const double median = one.rounds.median();
    std::printf("%-20s %7.0f ns a request", one.name.c_str(), median);
    if (one.brings != Brings::Nothing) std::printf(", auth %6.0f ns", median - base);
    std::printf("\n");
    all = all && one.rounds.all_passed();
  }
  if (all) return 0;
  std::fputs("a request was refused: that was measured as well\n", stderr);
  return 1;
}

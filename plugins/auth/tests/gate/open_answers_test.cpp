// SPDX-License-Identifier: Apache-2.0
// Answers that stay open end with what let them in.
#include "gate/accounts_stand_in.h"
#include <portico/stream.h>

#include <functional>
#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace portico::auth {
namespace {

using namespace test;

/// Feeds for as long as it may.
class Feeder final : public Plugin {
 public:
  using Config = NoSettings;
  static constexpr Info info{"feeder", "1.0.0", "Feeds"};

  Feeder(const Config&, Host&) {}
  void setup(Registrar& registrar) override {
    registrar.route("GET", "/", [](Request&) {
      const Events events;
      events.send("hello");
      if (meanwhile) meanwhile();
      return events.response();
    });
  }

  /// What happens once the request has been let in.
  static inline std::function<void()> meanwhile;
};

class OpenAnswer : public ::testing::Test {
 protected:
  OpenAnswer() {
    gateway_.load<Feeder>().use("auth");
    gateway_.begin();
  }
  ~OpenAnswer() override { Feeder::meanwhile = nullptr; }

  /// Whether the answer to that token was ended within its first second.
  bool ends(const std::string& token) {
    const Reply reply = gateway_.ask(token, "/feeder");
    EXPECT_EQ(reply.body, "data: hello\n\n");
    return gateway_.logged("ended an answer that was open");
  }

  WithAccounts gateway_{"", WithAccounts::Start::Later};
};

TEST_F(OpenAnswer, GoesOnWhileItsTokenIsGood) { EXPECT_FALSE(ends(gateway_.token())); }

TEST_F(OpenAnswer, EndsWhenItsTokenExpires) {
  // With the leeway of 30 s it is good for a second more.
  EXPECT_TRUE(ends(gateway_.token(Payload().set("exp", "1699999971"))));
}

/// By a session that is asked about anew half a second later, and ends then or does not.
bool ends_by_cookie(WithAccounts& gateway, std::chrono::seconds end) {
  KnownSession& session = gateway.accounts().sessions.at("cookie-1");
  session.known_until = std::chrono::seconds(Birth) + 500ms;
  session.expires = std::chrono::seconds(Birth) + end;
  EXPECT_EQ(gateway.get("/feeder", {{"Cookie", "__Host-sid=cookie-1"}}).body, "data: hello\n\n");
  return gateway.logged("ended an answer that was open");
}

TEST_F(OpenAnswer, GoesOnThoughItsSessionIsAskedAboutAnew) {
  EXPECT_FALSE(ends_by_cookie(gateway_, 600s));
}

TEST_F(OpenAnswer, EndsWithItsSession) { EXPECT_TRUE(ends_by_cookie(gateway_, 1s)); }

TEST_F(OpenAnswer, EndsWhenItsSessionIsRevoked) {
  Feeder::meanwhile = [this] {
    gateway_.accounts().deny({.name = "s1", .until = std::chrono::seconds(Birth + 1000)});
  };
  EXPECT_TRUE(ends(gateway_.token()));
}

TEST_F(OpenAnswer, EndsWhenItsKeyIsRetired) {
  const std::string token = gateway_.token();
  Feeder::meanwhile = [this] {
    gateway_.issuer.rotate();
    gateway_.publish_keys();
  };
  EXPECT_TRUE(ends(token));
}

TEST_F(OpenAnswer, GoesOnWhenAKeyIsAdded) {
  Feeder::meanwhile = [this] {
    KeySet both;
    static_cast<void>(both.add(gateway_.issuer.key().public_key()));
    static_cast<void>(both.add(SigningKey::generate().public_key()));
    const std::string text = both.jwks();
    gateway_.accounts().shelf->put(std::move(both), text);
  };
  EXPECT_FALSE(ends(gateway_.token()));
}

}  // namespace
}  // namespace portico::auth

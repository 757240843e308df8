// SPDX-License-Identifier: Apache-2.0
// What a plugin that knows callers asks of core, through the real chain.
#include <portico/identity.h>
#include <portico/plugin.h>
#include <portico/stream.h>
#include <portico/testing.h>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace portico::testing {
namespace {

/// Tells the upstream who the caller is.
class Doorman final : public Plugin {
 public:
  using Config = NoSettings;
  static constexpr Info info{"doorman", "1.0.0", "Knows callers"};

  Doorman(const Config&, Host&) {}
  void setup(Registrar& r) override {
    r.reserves_header("X-User-Id");
    r.middleware<NoSettings>("doorman", [](const NoSettings&) {
       return [](Request& request) {
         request.headers().remove("Authorization");
         request.headers().set("X-User-Id", "ada");
         return pass();
       };
     }).gives("identity");
  }
};

/// Feeds as long as it may.
class Feeder final : public Plugin {
 public:
  using Config = NoSettings;
  static constexpr Info info{"feeder", "1.0.0", "Feeds"};

  Feeder(const Config&, Host&) {}
  void setup(Registrar& r) override {
    r.route("GET", "/", [](Request& request) {
      request.keep_open_while([] { return may; });
      const Events events;
      events.send("hello");
      return events.response();
    });
  }

  static inline bool may = true;
};

/// Seals and opens what it is asked to, in its own name.
template <char Letter>
class Safe final : public Plugin {
 public:
  using Config = NoSettings;
  static constexpr std::string_view Name = Letter == 'a' ? "safe_a" : "safe_b";
  static constexpr Info info{Name, "1.0.0", "Keeps texts"};

  Safe(const Config&, Host& host) : host_(host) {}
  void setup(Registrar& r) override {
    r.route("GET", "/seal/{text}", [this](Request& request) {
      return say(host_.seal(*request.query("for"), *request.param("text")));
    });
    r.route("GET", "/open/{text}", [this](Request& request) {
      return say(host_.unseal(*request.query("for"), *request.param("text")).value_or("nothing"));
    });
    r.route("GET", "/key", [this](Request& request) {
      std::array<std::byte, 32> key{};
      host_.derive_key(*request.query("for"), key);
      return say({reinterpret_cast<const char*>(key.data()), key.size()});
    });
  }

 private:
  static Response say(std::string_view text) {
    Response response;
    response.body(text, "text/plain");
    return response;
  }
  Host& host_;
};

/// Where the fake upstream keeps what it got.
Callable<Response(const Forwarded&)> keeping(Forwarded& last) {
  return [&last](const Forwarded& forwarded) {
    last = forwarded;
    return Response();
  };
}

TEST(ReservedHeader, NeverComesFromAClientWhateverTheRoute) {
  Forwarded last;
  Gateway gateway;
  gateway.load<Doorman>().upstream(keeping(last));
  gateway.get("/", {{"X-User-Id", "root"}, {"x_user_id", "root"}, {"X-Other", "1"}});
  EXPECT_EQ(last.headers, (Fields{{"X-Other", "1"}}));
}

TEST(ReservedHeader, ReachesTheUpstreamWhenItsPluginSetsIt) {
  Forwarded last;
  Gateway gateway;
  gateway.load<Doorman>().use("doorman").upstream(keeping(last));
  gateway.get("/", {{"X-User-Id", "root"}, {"Authorization", "Bearer 1"}});
  EXPECT_EQ(last.headers, (Fields{{"X-User-Id", "ada"}}));
}

TEST(ReservedHeader, ChoosesNoRoute) {
  Gateway gateway;
  gateway.load<Doorman>();
  gateway.route("{match: {path: /, headers: {X-User-Id: root}}, respond: {status: 204}}");
  EXPECT_EQ(gateway.get("/", {{"X-User-Id", "root"}}).status, Status::Ok);
}

TEST(Sealing, BelongsToAPluginAndAPurpose) {
  Gateway gateway;
  gateway.load<Safe<'a'>>().load<Safe<'b'>>();
  const std::string sealed = gateway.get("/safe_a/seal/hello?for=keys").body;
  EXPECT_EQ(gateway.get("/safe_a/open/" + sealed + "?for=keys").body, "hello");
  EXPECT_EQ(gateway.get("/safe_a/open/" + sealed + "?for=codes").body, "nothing");
  EXPECT_EQ(gateway.get("/safe_b/open/" + sealed + "?for=keys").body, "nothing");
}

TEST(Sealing, IsTheSameInEveryGatewayOfATest) {
  Gateway one;
  Gateway other;
  one.load<Safe<'a'>>();
  other.load<Safe<'a'>>();
  const std::string sealed = one.get("/safe_a/seal/hello?for=keys").body;
  EXPECT_EQ(other.get("/safe_a/open/" + sealed + "?for=keys").body, "hello");
}

TEST(DerivedKeys, BelongToAPluginAndAPurpose) {
  Gateway gateway;
  gateway.load<Safe<'a'>>().load<Safe<'b'>>();
  const std::string key = gateway.get("/safe_a/key?for=audit").body;
  EXPECT_EQ(gateway.get("/safe_a/key?for=audit").body, key);
  EXPECT_NE(gateway.get("/safe_a/key?for=cache").body, key);
  EXPECT_NE(gateway.get("/safe_b/key?for=audit").body, key);
}

TEST(AnswerOfATest, IsAskedAboutASecondLater) {
  Gateway gateway;
  gateway.load<Feeder>();
  for (const bool may : {true, false}) {
    Feeder::may = may;
    const Reply reply = gateway.get("/feeder");
    EXPECT_EQ(reply.body, "data: hello\n\n");
    EXPECT_FALSE(reply.cut);
    EXPECT_EQ(gateway.logged("feeder: ended an answer"), !may);
  }
}

}  // namespace
}  // namespace portico::testing

// SPDX-License-Identifier: Apache-2.0
// What a plugin that knows callers asks of core, through the real chain.
#include <portico/identity.h>
#include <portico/plugin.h>
#include <portico/testing.h>

#include <string>

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

}  // namespace
}  // namespace portico::testing

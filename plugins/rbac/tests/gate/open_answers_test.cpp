// SPDX-License-Identifier: Apache-2.0
// Answers that stay open end with the permission that let them in.
#include "gate/looked_up.h"
#include "gate/other_node.h"
#include "rbac.h"
#include <portico/stream.h>
#include <portico/testing.h>

#include <chrono>
#include <functional>
#include <string>

#include <gtest/gtest.h>

namespace portico::rbac {
namespace {

using namespace std::chrono_literals;
using test::OtherNode;

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
    gateway_.redis("shared").sql("main").load<OtherNode>().load<Feeder>();
    gateway_.load<RbacPlugin>(
        "{database: main, redis: shared, roles: {clerk: {permissions: [\"orders:read\"]}}}");
    gateway_.use("test_user: ada").use("rbac: \"orders:read\"");
    gateway_.start();
    other().give();
    gateway_.advance(5s);  // This node has heard of it.
  }
  ~OpenAnswer() override { Feeder::meanwhile = nullptr; }

  [[nodiscard]] OtherNode& other() { return *gateway_.find<OtherNode>(OtherNode::ServiceName); }
  /// Whether the answer was ended within its first second.
  [[nodiscard]] bool ends() {
    EXPECT_EQ(gateway_.get("/feeder").body, "data: hello\n\n");
    return gateway_.logged("ended an answer that was open");
  }

  portico::testing::Gateway gateway_;
};

TEST_F(OpenAnswer, GoesOnWhileThePermissionIsHeld) { EXPECT_FALSE(ends()); }

TEST_F(OpenAnswer, EndsWhenTheRoleIsNoMore) {
  Feeder::meanwhile = [this] {
    other().remove_role();
    gateway_.redis_message(News::Channel, "roles");
    gateway_.advance(News::Pace);
  };
  EXPECT_TRUE(ends());
}

TEST_F(OpenAnswer, GoesOnUntilAJobHasLookedUpWhatChanged) {
  Feeder::meanwhile = [this] { gateway_.redis_message(News::Channel, "user ada"); };
  EXPECT_FALSE(ends());
}

}  // namespace
}  // namespace portico::rbac

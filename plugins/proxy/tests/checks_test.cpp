// SPDX-License-Identifier: Apache-2.0
#include "health/checks.h"

#include <portico/testing.h>

#include <map>
#include <memory>
#include <optional>
#include <string>

#include <gtest/gtest.h>

namespace portico::proxy {
namespace {

using namespace std::chrono_literals;

/// Lends its Host to the checks of a test.
class Lender final : public Plugin {
 public:
  using Config = NoSettings;
  static constexpr Info info{"lender", "1.0.0", "Lends its host"};
  Lender(const Config&, Host& host) : upstream_(host.upstream({.name = "app"})), host_(host) {}
  void setup(Registrar&) override {
    host_.every(Checks::Step, [this] { tick(); });
  }
  void start() override {
    checks = std::make_unique<Checks>(settings, "app", upstream_, false, host_);
    checks->watch({{.name = "one", .address = "10.0.0.1:80", .authority = "one", .vitals = one},
                   {.name = "two", .address = "10.0.0.2:80", .authority = "two", .vitals = two}});
  }
  void tick() const {
    if (checks) checks->tick();
  }

  static CheckSettings settings;
  static std::shared_ptr<Vitals> one;
  static std::shared_ptr<Vitals> two;
  std::unique_ptr<Checks> checks;

 private:
  Upstream& upstream_;
  Host& host_;
};

CheckSettings Lender::settings;
std::shared_ptr<Vitals> Lender::one;
std::shared_ptr<Vitals> Lender::two;

class ChecksTest : public ::testing::Test {
 protected:
  ChecksTest() {
    Lender::settings = {.path = "/health", .every = 1s, .down = 2, .up = 2};
    Lender::one = std::make_shared<Vitals>();
    Lender::two = std::make_shared<Vitals>();
    gateway_.load<Lender>().fetches([this](const Fetch& asked) {
      last_ = asked;
      ++asked_[asked.address];
      Fetched answer;
      answer.status = asked.address == sick_ ? Status::InternalServerError : Status::Ok;
      return answer;
    });
  }

  /// Step by step, as time passes.
  void pass(std::chrono::milliseconds time) {
    for (; time > 0ms; time -= 100ms) gateway_.advance(100ms);
  }

  testing::Gateway gateway_;
  std::string sick_;
  Fetch last_;
  std::map<std::string, int> asked_;
};

TEST_F(ChecksTest, AskEachTargetByItsAddressAndName) {
  gateway_.start();
  gateway_.advance(200ms);
  EXPECT_EQ(asked_["10.0.0.1:80"], 1);
  EXPECT_EQ(asked_["10.0.0.2:80"], 1);
  EXPECT_EQ(last_.url, "http://two/health");
  EXPECT_EQ(last_.method, "GET");
  EXPECT_TRUE(last_.internal);
}

TEST_F(ChecksTest, ComeEverySoOften) {
  gateway_.start();
  pass(10s);
  EXPECT_GE(asked_["10.0.0.1:80"], 9);
  EXPECT_LE(asked_["10.0.0.1:80"], 12);
}

TEST_F(ChecksTest, TakeOutWhoFailsOftenEnoughAndBringItBack) {
  gateway_.start();
  gateway_.advance(200ms);
  sick_ = "10.0.0.1:80";
  pass(1200ms);
  EXPECT_TRUE(Lender::one->well()) << "one failure is not enough";
  pass(1200ms);
  EXPECT_FALSE(Lender::one->well());
  EXPECT_TRUE(Lender::two->well());
  EXPECT_TRUE(gateway_.logged("upstream.down app: one is not well, it answered 500"));
  sick_.clear();
  pass(1200ms);
  EXPECT_FALSE(Lender::one->well());
  pass(1200ms);
  EXPECT_TRUE(Lender::one->well());
  EXPECT_NE(Lender::one->back_since(), Time(0));
  EXPECT_TRUE(gateway_.logged("upstream.up app: one is well"));
}

TEST_F(ChecksTest, OnlyConnectWhereThereIsNoPath) {
  Lender::settings = {};
  gateway_.start();
  gateway_.advance(200ms);
  EXPECT_EQ(last_.method, "");
}

}  // namespace
}  // namespace portico::proxy

// SPDX-License-Identifier: Apache-2.0
#include "discovery/discovery.h"

#include <portico/fetch.h>
#include <portico/testing.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

namespace portico::proxy {
namespace {

using namespace std::chrono_literals;

/// Lends its Host to the discovery of a test.
class Seeker final : public Plugin {
 public:
  using Config = NoSettings;
  static constexpr Info info{"seeker", "1.0.0", "Lends its host"};
  Seeker(const Config&, Host& host) : host_(host) {}
  void setup(Registrar&) override {
    host_.every(Discovery::Step, [this] {
      if (discovery_) discovery_->tick();
    });
  }
  void start() override {
    discovery_ = std::make_unique<Discovery>(
        settings, "app", host_, [](const std::vector<Found>& found) { told.push_back(found); });
    discovery_->tick();
  }

  static DiscoverySettings settings;
  static std::vector<std::vector<Found>> told;

 private:
  Host& host_;
  std::unique_ptr<Discovery> discovery_;
};

DiscoverySettings Seeker::settings;
std::vector<std::vector<Found>> Seeker::told;

class DiscoveryTest : public ::testing::Test {
 protected:
  DiscoveryTest() {
    Seeker::settings = {.dns = "app.internal", .port = 4000, .least = 1s, .longest = 60s};
    Seeker::told.clear();
    gateway_.load<Seeker>().resolves([this](std::string_view name, Record kind) {
      ++asked_;
      const auto found = answers_.find({std::string(name), kind});
      if (found != answers_.end()) return found->second;
      Resolved unknown;
      unknown.error = "no name server answered in time";
      return unknown;
    });
  }
  void answer(const std::string& name, std::vector<std::string> addresses,
              std::chrono::seconds ttl = 10s) {
    Resolved& made = answers_[{name, Record::Address}];
    made = {};
    made.addresses = std::move(addresses);
    made.ttl = ttl;
  }
  /// Step by step, as time passes.
  void pass(std::chrono::milliseconds time) {
    for (; time > 0ms; time -= 100ms) gateway_.advance(100ms);
  }
  static std::vector<std::string> last() {
    std::vector<std::string> addresses;
    for (const Found& found : Seeker::told.back()) addresses.push_back(found.address);
    return addresses;
  }
  using Texts = std::vector<std::string>;

  testing::Gateway gateway_;
  std::map<std::pair<std::string, Record>, Resolved> answers_;
  int asked_ = 0;
};

TEST_F(DiscoveryTest, FindsAddressesAtOnce) {
  answer("app.internal", {"10.0.0.2", "10.0.0.1", "2001:db8::1"});
  gateway_.start();
  ASSERT_EQ(Seeker::told.size(), 1U);
  EXPECT_EQ(last(), (Texts{"10.0.0.1:4000", "10.0.0.2:4000", "[2001:db8::1]:4000"}));
  EXPECT_EQ(Seeker::told[0][0].authority, "app.internal:4000");
}

TEST_F(DiscoveryTest, AsksAgainWhenAnAnswersLifeIsOver) {
  answer("app.internal", {"10.0.0.1"}, 10s);
  gateway_.start();
  answer("app.internal", {"10.0.0.9"}, 10s);
  pass(9s);
  EXPECT_EQ(asked_, 1);
  pass(2s);
  EXPECT_EQ(asked_, 2);
  EXPECT_EQ(last(), Texts{"10.0.0.9:4000"});
}

TEST_F(DiscoveryTest, AsksNotTooOftenAndNotTooSeldom) {
  answer("app.internal", {"10.0.0.1"}, 0s);
  gateway_.start();
  pass(5s);
  EXPECT_LE(asked_, 7);
  EXPECT_GE(asked_, 4);
  answer("app.internal", {"10.0.0.1"}, 100'000s);
  pass(2s);
  const int before = asked_;
  pass(61s);
  EXPECT_EQ(asked_, before + 1);
  EXPECT_EQ(Seeker::told.size(), 1U) << "nothing changed";
}

TEST_F(DiscoveryTest, KeepsTheLastGoodAnswer) {
  answer("app.internal", {"10.0.0.1"}, 1s);
  gateway_.start();
  answers_.clear();
  pass(20s);
  EXPECT_EQ(Seeker::told.size(), 1U);
  EXPECT_TRUE(gateway_.logged("no name server answered in time; the last ones stay"));
  answer("app.internal", {"10.0.0.1"}, 1s);
  pass(10s);
  EXPECT_TRUE(gateway_.logged("its targets are found again"));
}

TEST_F(DiscoveryTest, TakesNoAnswerForANameThatIsGone) {
  answer("app.internal", {"10.0.0.1"}, 1s);
  gateway_.start();
  answers_[{"app.internal", Record::Address}] = {};
  pass(10s);
  EXPECT_EQ(Seeker::told.size(), 1U);
  EXPECT_TRUE(gateway_.logged("the name has no address"));
}

TEST_F(DiscoveryTest, FindsServicesWithTheirPortsWeightsAndPriorities) {
  Seeker::settings.record = DiscoverySettings::Kind::Service;
  Resolved& services = answers_[{"app.internal", Record::Service}];
  services.services = {{"a.internal", 4001, 0, 5}, {"b.internal", 4002, 1, 0}};
  services.ttl = 10s;
  answer("a.internal", {"10.0.0.1", "10.0.0.2"});
  answer("b.internal", {"10.0.0.3"});
  gateway_.start();
  ASSERT_EQ(Seeker::told.size(), 1U);
  const std::vector<Found> wanted = {{"10.0.0.1:4001", "a.internal:4001", 5, 0},
                                     {"10.0.0.2:4001", "a.internal:4001", 5, 0},
                                     {"10.0.0.3:4002", "b.internal:4002", 1, 1}};
  EXPECT_EQ(Seeker::told[0], wanted);
}

TEST_F(DiscoveryTest, TakesAllOfAServiceOrNothing) {
  Seeker::settings.record = DiscoverySettings::Kind::Service;
  Resolved& services = answers_[{"app.internal", Record::Service}];
  services.services = {{"a.internal", 4001, 0, 5}, {"b.internal", 4002, 1, 0}};
  answer("a.internal", {"10.0.0.1"});
  gateway_.start();
  EXPECT_TRUE(Seeker::told.empty());
  EXPECT_TRUE(gateway_.logged("b.internal: no name server answered in time; there are none yet"));
}

TEST_F(DiscoveryTest, ReadsAFileAgainWhenItChanges) {
  const auto path =
      std::filesystem::temp_directory_path() / ("targets-" + std::to_string(::getpid()));
  std::ofstream(path) << "# ours\nhttp://10.0.0.1:4000\nhttp://10.0.0.2:4000 weight=3 priority=1\n";
  Seeker::settings = {.file = path.string()};
  gateway_.start();
  ASSERT_EQ(Seeker::told.size(), 1U);
  EXPECT_EQ(Seeker::told[0][1], (Found{"10.0.0.2:4000", "10.0.0.2:4000", 3, 1}));
  pass(5s);
  EXPECT_EQ(Seeker::told.size(), 1U);
  std::ofstream(path) << "http://10.0.0.3:4000 # alone\n";
  pass(5s);
  EXPECT_EQ(last(), Texts{"10.0.0.3:4000"});
  std::ofstream(path) << "what is this\n";
  pass(5s);
  EXPECT_EQ(Seeker::told.size(), 2U);
  EXPECT_TRUE(gateway_.logged("line 1 has a target that"));
  std::filesystem::remove(path);
  pass(10s);
  EXPECT_EQ(Seeker::told.size(), 2U);
}

TEST(TargetFile, SaysWhichLineIsNoGood) {
  const auto fault = [](std::string_view text) -> std::string {
    try {
      (void)read_targets(text);
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return {};
  };
  EXPECT_EQ(fault("\n \n# nothing\n"), "");
  EXPECT_NE(fault("http://10.0.0.1:1\nhttp://10.0.0.1:1 weight=x").find("line 2 "),
            std::string::npos);
  EXPECT_NE(fault("http://10.0.0.1:1 weight=70000"), "");
  EXPECT_NE(fault("http://10.0.0.1:1 heavy"), "");
  EXPECT_NE(fault("http://app.internal"), "");
}

}  // namespace
}  // namespace portico::proxy

// SPDX-License-Identifier: Apache-2.0
#include "services/health/checks.h"
#include "services/health/machine.h"

#include <memory>
#include <stdexcept>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace portico::services {
namespace {

using namespace std::chrono_literals;
using State = Finding::State;
using Phase = HealthChecks::Phase;
using testing::HasSubstr;

class SetClock final : public base::Clock {
 public:
  [[nodiscard]] std::chrono::nanoseconds now() const noexcept override { return time; }
  [[nodiscard]] std::chrono::microseconds unix_time() const noexcept override { return {}; }
  std::chrono::nanoseconds time = 1h;
};

class Health : public testing::Test {
 protected:
  [[nodiscard]] std::string json() const { return checks_.report()->json; }
  [[nodiscard]] bool ready() const { return checks_.report()->ready; }

  SetClock clock_;
  HealthChecks checks_{clock_};
};

TEST_F(Health, IsReadyBetweenStartAndDrain) {
  EXPECT_FALSE(ready());
  EXPECT_EQ(json(), R"({"status":"starting","checks":{}})");
  checks_.enter(Phase::Serving);
  EXPECT_TRUE(ready());
  EXPECT_EQ(json(), R"({"status":"ready","checks":{}})");
  checks_.enter(Phase::Draining);
  EXPECT_FALSE(ready());
  EXPECT_EQ(json(), R"({"status":"draining","checks":{}})");
}

TEST_F(Health, WaitsForTheFirstRunOfEveryCheck) {
  const auto check = checks_.add("database main", [] { return Finding(); });
  checks_.enter(Phase::Serving);
  EXPECT_EQ(json(), R"({"status":"starting","checks":{"database main":{"status":"pending"}}})");
  checks_.run();
  EXPECT_TRUE(ready());
  EXPECT_EQ(json(), R"({"status":"ready","checks":{"database main":{"status":"ok"}}})");
}

TEST_F(Health, FailsWithOneOfItsChecks) {
  State state = State::Failed;
  const auto fine = checks_.add("a", [] { return Finding(); });
  const auto check = checks_.add("b", [&state] { return Finding{state, "3 % left"}; });
  checks_.enter(Phase::Serving);
  checks_.run();
  EXPECT_FALSE(ready());
  EXPECT_THAT(json(), HasSubstr(R"("status":"failing")"));
  EXPECT_THAT(json(), HasSubstr(R"("b":{"status":"failed","note":"3 % left"})"));
  state = State::Warning;
  checks_.run();
  EXPECT_TRUE(ready());
  EXPECT_THAT(json(), HasSubstr(R"("b":{"status":"warning","note":"3 % left"})"));
}

TEST_F(Health, SaysNothingOfWhatACheckThrew) {
  const auto check = checks_.add("a", []() -> Finding { throw std::runtime_error("at 10.0.0.1"); });
  checks_.enter(Phase::Serving);
  checks_.run();
  EXPECT_EQ(json(), R"({"status":"failing","checks":{"a":{"status":"failed",)"
                    R"("note":"the check itself failed"}}})");
}

TEST_F(Health, ForgetsACheckThatNobodyHolds) {
  auto check = checks_.add("a", [] { return Finding{State::Failed, ""}; });
  checks_.enter(Phase::Serving);
  checks_.run();
  EXPECT_FALSE(ready());
  check = checks_.add("a", [] { return Finding(); });  // Replaces it; the old one's end is none.
  checks_.run();
  EXPECT_TRUE(ready());
  check.reset();
  EXPECT_EQ(json(), R"({"status":"ready","checks":{}})");
}

TEST_F(Health, IsNotReadyWhenItsChecksHang) {
  const auto check = checks_.add("a", [] { return Finding(); });
  checks_.enter(Phase::Serving);
  checks_.run();
  clock_.time += HealthChecks::Stale;
  EXPECT_FALSE(ready());
  EXPECT_THAT(json(), HasSubstr("stuck"));
  checks_.run();
  EXPECT_TRUE(ready());
}

TEST_F(Health, WorksNothingForAProbe) {
  checks_.enter(Phase::Serving);
  EXPECT_EQ(checks_.report(), checks_.report());
}

TEST(Stock, IsJudgedByWhatIsLeft) {
  const auto judged = [](std::uint64_t left) { return Stock{left, 1000, 0.1, 0.01}.judged(); };
  EXPECT_EQ(judged(1000).state, State::Well);
  EXPECT_EQ(judged(100).state, State::Well);
  EXPECT_EQ(judged(99).state, State::Warning);
  EXPECT_EQ(judged(9).state, State::Failed);
  EXPECT_EQ(judged(99).note, "9 % left");
  EXPECT_EQ((Stock{0, 0, 1, 1}.judged().state), State::Well);
}

TEST(Machine, IsFitToRunTests) {
  for (const Finding& finding :
       {check_disk("/no/such/folder"), check_disk("/tmp"), check_memory(), check_descriptors()}) {
    EXPECT_NE(finding.state, State::Failed) << finding.note;
    EXPECT_THAT(finding.note, HasSubstr("% left"));
  }
}

}  // namespace
}  // namespace portico::services

// SPDX-License-Identifier: Apache-2.0
// What becomes of a process that is to take over, with the shell in the place of the program.
#include "cli/run/upgrade.h"

#include "base/clock.h"

#include <chrono>
#include <optional>
#include <string>

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

namespace portico::cli {
namespace {

using namespace std::chrono_literals;

class FakeClock final : public base::Clock {
 public:
  [[nodiscard]] std::chrono::nanoseconds now() const noexcept override { return time; }
  [[nodiscard]] std::chrono::microseconds unix_time() const noexcept override { return 1000s; }
  std::chrono::nanoseconds time{1s};
};

class UpgradeTest : public testing::Test {
 protected:
  void begin(const std::string& script, std::vector<server::Belonging> belongings = {}) {
    upgrade_.begin({"/bin/sh", "-c", script}, std::move(belongings));
  }
  /// Turns the loop until it is over.
  Upgrade::Outcome outcome() {
    const auto end = std::chrono::steady_clock::now() + 20s;
    while (!outcome_ && std::chrono::steady_clock::now() < end) loop_.turn(10ms);
    return outcome_.value_or(Upgrade::Outcome{.process = 0, .reason = "nothing", .code = 0});
  }

  FakeClock clock_;
  loop::Loop loop_{clock_};
  std::optional<Upgrade::Outcome> outcome_;
  Upgrade upgrade_{loop_, [this](Upgrade::Outcome outcome) { outcome_ = std::move(outcome); }};
};

TEST_F(UpgradeTest, IsDoneWhenTheNewProcessSaysSo) {
  begin("echo ready >&3");
  EXPECT_TRUE(upgrade_.under_way());
  const Upgrade::Outcome done = outcome();
  EXPECT_NE(done.process, 0) << done.reason;
  EXPECT_FALSE(upgrade_.under_way());
}

TEST_F(UpgradeTest, TellsWhyTheNewProcessEnded) {
  begin("echo 'a wrong file' >&3; exit 78");
  const Upgrade::Outcome done = outcome();
  EXPECT_EQ(done.process, 0);
  EXPECT_EQ(done.code, 78);
  EXPECT_EQ(done.reason, "the new process ended with exit code 78:\na wrong file\n");
}

TEST_F(UpgradeTest, TellsOfASignal) {
  begin("kill -SEGV $$");
  const Upgrade::Outcome done = outcome();
  EXPECT_EQ(done.process, 0);
  EXPECT_NE(done.reason.find("was ended by Segmentation fault"), std::string::npos) << done.reason;
}

TEST_F(UpgradeTest, IsNoReadinessWhenTheReportSaysMore) {
  begin("echo ready or not >&3");
  EXPECT_EQ(outcome().process, 0);
}

TEST_F(UpgradeTest, DoesNotWaitForEver) {
  begin("exec tail -f /dev/null");
  loop_.turn(0ns);
  EXPECT_FALSE(outcome_);
  clock_.time += Upgrade::Patience + 1s;
  const Upgrade::Outcome done = outcome();
  EXPECT_EQ(done.process, 0);
  EXPECT_EQ(done.reason, "the new process did not serve within 60 seconds");
}

TEST_F(UpgradeTest, TellsWhatCannotBeRun) {
  upgrade_.begin({"/nowhere/portico", "run"}, {});
  const Upgrade::Outcome done = outcome();
  EXPECT_EQ(done.process, 0);
  EXPECT_EQ(done.reason, "the new process could not be run");
}

TEST_F(UpgradeTest, IsAbandonedWithTheProcess) {
  begin("exec tail -f /dev/null");
  upgrade_.abandon();
  EXPECT_FALSE(upgrade_.under_way());
  loop_.turn(0ns);
  EXPECT_FALSE(outcome_);
}

/// What the new process writes to a pipe that it is handed beside what it reports by.
TEST_F(UpgradeTest, HandsOverDescriptorsByTheProtocolOfSocketActivation) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  ::setenv("LISTEN_FDNAMES", "stale", 1);
  ::setenv("WATCHDOG_PID", "1", 1);
  begin(
      "[ $LISTEN_PID = $$ ] && [ $WATCHDOG_PID = $$ ] && echo $LISTEN_FDS $LISTEN_FDNAMES >&3; "
      "echo ready >&4",
      {{ends[1], server::SocketName}});
  ::unsetenv("LISTEN_FDNAMES");
  ::unsetenv("WATCHDOG_PID");
  EXPECT_NE(outcome().process, 0);
  ::close(ends[1]);
  std::string said(100, '\0');
  const ssize_t got = ::read(ends[0], said.data(), said.size());
  said.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  EXPECT_EQ(said, "2 portico-socket:portico-report\n");
  ::close(ends[0]);
}

}  // namespace
}  // namespace portico::cli

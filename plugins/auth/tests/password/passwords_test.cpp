// SPDX-License-Identifier: Apache-2.0
#include "password/passwords.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace portico::auth {
namespace {

/// The least that may be set: tests hash often.
constexpr Cost Cheap{LeastMemory, 1, 1};

TEST(Passwords, AreHashedAsOwaspAsks) {
  const std::string hash = Passwords().hash("correct horse");
  EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")) << hash;
  EXPECT_LT(hash.size(), 110U);
}

TEST(Passwords, FitTheHashThatWasMadeOfThem) {
  const Passwords passwords(Cheap);
  const std::string hash = passwords.hash("correct horse");
  EXPECT_EQ(passwords.verify(hash, "correct horse"), Verdict::Right);
  EXPECT_EQ(passwords.verify(hash, "correct horsf"), Verdict::Wrong);
  EXPECT_EQ(passwords.verify(hash, ""), Verdict::Wrong);
}

TEST(Passwords, HaveAnotherSaltEachTime) {
  const Passwords passwords(Cheap);
  EXPECT_NE(passwords.hash("correct horse"), passwords.hash("correct horse"));
}

TEST(Passwords, RefuseACostOutOfItsBounds) {
  EXPECT_THROW(Passwords(Cost{LeastMemory - 1, 2, 1}), std::invalid_argument);
  EXPECT_THROW(Passwords(Cost{MostMemory + 1, 2, 1}), std::invalid_argument);
  EXPECT_THROW(Passwords(Cost{19456, 0, 1}), std::invalid_argument);
  EXPECT_THROW(Passwords(Cost{19456, 11, 1}), std::invalid_argument);
  EXPECT_THROW(Passwords(Cost{19456, 2, 5}), std::invalid_argument);
}

TEST(Passwords, AreOutdatedWhenTheyWouldBeHashedInAnotherWay) {
  const Passwords passwords(Cheap);
  const std::string hash = passwords.hash("correct horse");
  EXPECT_FALSE(passwords.outdated(hash));
  EXPECT_TRUE(Passwords(Cost{LeastMemory, 2, 1}).outdated(hash));
  EXPECT_TRUE(Passwords(Cost{LeastMemory, 1, 2}).outdated(hash));
  EXPECT_TRUE(passwords.outdated("nothing"));
}

TEST(Passwords, MayHaveSeveralLanes) {
  const Passwords passwords(Cost{LeastMemory, 1, 4});
  const std::string hash = passwords.hash("correct horse");
  EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=7168,t=1,p=4$")) << hash;
  EXPECT_EQ(passwords.verify(hash, "correct horse"), Verdict::Right);
}

TEST(Passwords, AreHashedByManyThreadsAtOnce) {
  const Passwords passwords(Cheap);
  const Passwords lanes(Cost{LeastMemory, 1, 2});
  std::atomic<int> right{0};
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 8; ++thread) {
    threads.emplace_back([&, own = "password of " + std::to_string(thread)] {
      for (int turn = 0; turn < 3; ++turn) {
        const Passwords& subject = turn % 2 == 0 ? passwords : lanes;
        const std::string hash = subject.hash(own);
        right += subject.verify(hash, own) == Verdict::Right ? 1 : 0;
        right += subject.verify(hash, own + "x") == Verdict::Wrong ? 1 : 0;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(right, 8 * 3 * 2);
}

double median_ms(const std::function<void()>& work) {
  std::vector<double> taken;
  for (int i = 0; i < 15; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    taken.push_back(
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin)
            .count());
  }
  std::nth_element(taken.begin(), taken.begin() + 7, taken.end());
  return taken[7];
}

TEST(Passwords, CostAsMuchForADecoyAsForAWrongOne) {
  // A decoy that does not hash takes a thousandth; twice and half leave room for a busy machine.
  const Passwords passwords;
  const std::string hash = passwords.hash("correct horse");
  const double wrong = median_ms([&] { static_cast<void>(passwords.verify(hash, "wrong")); });
  const double decoy = median_ms([&] { passwords.verify_decoy("wrong"); });
  EXPECT_LT(decoy, wrong * 2);
  EXPECT_GT(decoy, wrong / 2);
}

}  // namespace
}  // namespace portico::auth

// SPDX-License-Identifier: Apache-2.0
#include "password/passwords.h"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <time.h>

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
  threads.reserve(8);
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

/// Of this thread, on which all of the work is done: what else the machine does must not count.
double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

TEST(Passwords, CostAsMuchForADecoyAsForAWrongOne) {
  // They take turns, for a machine has slow minutes. A decoy that does not hash takes a thousandth.
  const Passwords passwords;
  const std::string hash = passwords.hash("correct horse");
  std::vector<double> wrong;
  std::vector<double> decoy;
  for (int turn = 0; turn < 15; ++turn) {
    const double begin = cpu_seconds();
    static_cast<void>(passwords.verify(hash, "wrong"));
    const double middle = cpu_seconds();
    passwords.verify_decoy("wrong");
    wrong.push_back(middle - begin);
    decoy.push_back(cpu_seconds() - middle);
  }
  EXPECT_LT(median(decoy), median(wrong) * 2);
  EXPECT_GT(median(decoy), median(wrong) / 2);
}

}  // namespace
}  // namespace portico::auth

// SPDX-License-Identifier: Apache-2.0
#include "password/password_rules.h"

#include "password/guesses.h"

#include <algorithm>
#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <time.h>

namespace portico::auth {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(PasswordRules, CountCodePointsAndNotBytes) {
  const std::string seven = "\xC3\xA9\xC3\xA0\xC3\xBC\xC3\xB6\xC3\xB1\xC3\xB8\xC3\xA7";
  EXPECT_THAT(weaknesses(seven, {}), ElementsAre(Weakness::Length));
  EXPECT_THAT(weaknesses(seven + "\xE6\xBC\xA2", {}), IsEmpty());
}

TEST(PasswordRules, BoundTheLengthOnBothSides) {
  const std::string base = "kx7-Qm2p-vR9w-Lt4z-";
  std::string longest;
  while (longest.size() < 128) longest += base;
  longest.resize(128);
  EXPECT_THAT(weaknesses(longest, {}), IsEmpty());
  EXPECT_THAT(weaknesses(longest + "x", {}), ElementsAre(Weakness::Length));
  EXPECT_THAT(weaknesses("kx7$Qm2", {}), ElementsAre(Weakness::Length));
  EXPECT_THAT(weaknesses("", {}), ElementsAre(Weakness::Length));
}

TEST(PasswordRules, AskForFifteenWhereTheyAreStrict) {
  EXPECT_THAT(weaknesses("kx7$Qm2pvR9wLt", PasswordRules::strict()), ElementsAre(Weakness::Length));
  EXPECT_THAT(weaknesses("kx7$Qm2pvR9wLt4", PasswordRules::strict()), IsEmpty());
}

TEST(PasswordRules, RefuseWhatIsNotUtf8) {
  for (const char* const bytes : {"kx7$Qm2p\xFF", "kx7$Qm2p\xC0\x80", "kx7$Qm2p\xED\xA0\x80",
                                  "kx7$Qm2p\xF4\x90\x80\x80", "kx7$Qm2p\xE2\x82", "kx7$Qm2p\x80"}) {
    EXPECT_THAT(weaknesses(bytes, {}), ElementsAre(Weakness::Length)) << bytes;
  }
}

TEST(PasswordRules, AskForNoComposition) {
  EXPECT_THAT(weaknesses("rainy tuesday", {}), IsEmpty());
  EXPECT_THAT(weaknesses("blue otter seventeen", {}), IsEmpty());
}

TEST(PasswordRules, NameEachWeaknessOnceAndInOrder) {
  const PasswordRules rules{.words = {"password", "pass", "word"}};
  EXPECT_THAT(weaknesses("password", rules), ElementsAre(Weakness::Common, Weakness::Context));
}

TEST(PasswordRules, LeaveShortOwnWordsAlone) {
  EXPECT_THAT(own_words("max@example.com"), IsEmpty());
  EXPECT_THAT(own_words("moni@example.com"), ElementsAre("moni"));
  EXPECT_THAT(weaknesses("kx7$go$Qm2p", {.words = {"", "go"}}), IsEmpty());
}

TEST(PasswordRules, HaveACodeAndASentenceForEachWeakness) {
  EXPECT_EQ(code(Weakness::Length), "length");
  EXPECT_EQ(code(Weakness::Common), "common");
  EXPECT_EQ(code(Weakness::Context), "context");
  EXPECT_EQ(code(Weakness::Breached), "breached");
  EXPECT_TRUE(sentence(Weakness::Context).ends_with('.'));
}

TEST(Guesses, TakeABoundedTimeForWhatIsSlowestToEstimate) {
  // The library alone needs 0.7 s for this one.
  std::string slow;
  while (slow.size() < 128) slow += "01";
  timespec begin{};
  timespec end{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &begin);
  EXPECT_THAT(weaknesses(slow, {}), ElementsAre(Weakness::Common));
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end);
  const long spent = (end.tv_sec - begin.tv_sec) * 1000 + (end.tv_nsec - begin.tv_nsec) / 1'000'000;
  EXPECT_LT(spent, 150);
}

TEST(Guesses, AreMadeByManyThreadsAtOnce) {
  const std::vector<std::string> words{"portico"};
  const double expected = guess_bits("tr0ub4dor&3", words);
  std::atomic<int> same{0};
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 8; ++thread) {
    threads.emplace_back([&] {
      for (int i = 0; i < 20; ++i) same += guess_bits("tr0ub4dor&3", words) == expected ? 1 : 0;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(same, 8 * 20);
}

}  // namespace
}  // namespace portico::auth

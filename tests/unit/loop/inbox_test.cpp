// SPDX-License-Identifier: Apache-2.0
#include "loop/inbox.h"

#include <memory>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <poll.h>

namespace portico::loop {
namespace {

bool readable(int descriptor, int milliseconds = 0) {
  pollfd wait{descriptor, POLLIN, 0};
  return ::poll(&wait, 1, milliseconds) == 1;
}

TEST(Wakeup, IsReadableFromSignalToClear) {
  Wakeup wakeup;
  EXPECT_FALSE(readable(wakeup.descriptor()));
  wakeup.signal();
  wakeup.signal();
  EXPECT_TRUE(readable(wakeup.descriptor()));
  wakeup.clear();
  EXPECT_FALSE(readable(wakeup.descriptor()));
  wakeup.clear();
}

TEST(Inbox, RunsWorkInTheOrderPosted) {
  Inbox inbox;
  std::vector<int> ran;
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(inbox.post([&ran, i] { ran.push_back(i); }));
  EXPECT_TRUE(readable(inbox.descriptor()));
  EXPECT_EQ(inbox.run(), 3u);
  EXPECT_EQ(ran, (std::vector<int>{0, 1, 2}));
  EXPECT_FALSE(readable(inbox.descriptor()));
  EXPECT_EQ(inbox.run(), 0u);
}

TEST(Inbox, KeepsWhatWorkPostsForTheNextTurn) {
  Inbox inbox;
  int runs = 0;
  inbox.post([&] { inbox.post([&] { ++runs; }); });
  EXPECT_EQ(inbox.run(), 1u);
  EXPECT_EQ(runs, 0);
  EXPECT_TRUE(readable(inbox.descriptor()));
  EXPECT_EQ(inbox.run(), 1u);
  EXPECT_EQ(runs, 1);
}

TEST(Inbox, RefusesWorkOnceClosedAndDestroysIt) {
  Inbox inbox;
  const auto held = std::make_shared<int>(7);
  inbox.close();
  EXPECT_FALSE(inbox.post([held] {}));
  EXPECT_EQ(held.use_count(), 1);
}

TEST(Inbox, LosesNothingOfManyThreads) {
  Inbox inbox;
  std::vector<std::thread> threads;
  int count = 0;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 2000; ++i) inbox.post([&count] { ++count; });
    });
  }
  while (count < 8000 && readable(inbox.descriptor(), 5000)) inbox.run();
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(count, 8000);
}

}  // namespace
}  // namespace portico::loop

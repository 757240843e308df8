// SPDX-License-Identifier: Apache-2.0
#include "pipeline/crypto_pool.h"

#include <algorithm>
#include <functional>
#include <string>
#include <utility>

#include <gtest/gtest.h>
#include <pthread.h>
#include <sys/resource.h>

namespace portico::pipeline {
namespace {

constexpr std::uint64_t GiB = std::uint64_t{1} << 30U;

class Task final : public Job {
 public:
  explicit Task(std::function<void()> what) : what_(std::move(what)) {}
  void run() noexcept override { what_(); }
  void drop() noexcept override {}

 private:
  std::function<void()> what_;
};

TEST(CryptoPool, HasNoThreadsBeforeARouteAsksForThem) {
  CryptoPool pool(3);
  EXPECT_EQ(pool.state().threads, 0U);
  EXPECT_EQ(pool.state().room, CryptoPool::Queue);
  static_cast<void>(pool.workers());
  EXPECT_EQ(pool.state().threads, 3U);
  EXPECT_EQ(&pool.workers(), &pool.workers());
}

TEST(CryptoPool, GivesWayToTheLoops) {
  CryptoPool pool(1);
  int nice = 0;
  std::string name(16, '\0');
  Task task([&] {
    nice = ::getpriority(PRIO_PROCESS, 0);
    ::pthread_getname_np(::pthread_self(), name.data(), name.size());
  });
  const int own = ::getpriority(PRIO_PROCESS, 0);
  ASSERT_TRUE(pool.workers().submit(task));
  pool.drain();
  EXPECT_EQ(nice, std::max(own, 5));
  EXPECT_STREQ(name.c_str(), "crypto 0");
  EXPECT_EQ(::getpriority(PRIO_PROCESS, 0), own);
}

TEST(CryptoPool, StopsWhetherItHasThreadsOrNot) {
  CryptoPool pool(1);
  pool.stop();
  static_cast<void>(pool.workers());
  pool.stop();
  Task task([] {});
  EXPECT_FALSE(pool.workers().submit(task));
}

TEST(CryptoThreads, AreTwoForEachCore) {
  EXPECT_EQ(crypto_threads(1, 16 * GiB), 2U);
  EXPECT_EQ(crypto_threads(16, 64 * GiB), 32U);
}

TEST(CryptoThreads, AreFewerWhereThereIsLittleMemory) {
  EXPECT_EQ(crypto_threads(16, GiB / 2), 4U);
  EXPECT_EQ(crypto_threads(16, 1), 1U);
}

}  // namespace
}  // namespace portico::pipeline

// SPDX-License-Identifier: Apache-2.0
#include "pipeline/worker_pool.h"

#include <atomic>
#include <functional>
#include <latch>
#include <memory>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace portico::pipeline {
namespace {

class Task final : public Job {
 public:
  explicit Task(std::function<void()> what = [] {}) : what_(std::move(what)) {}
  void run() noexcept override {
    what_();
    ++ran;
  }
  void drop() noexcept override { ++dropped; }

  std::atomic<int> ran{0};
  std::atomic<int> dropped{0};

 private:
  std::function<void()> what_;
};

TEST(WorkerPool, RunsEveryJobOnce) {
  WorkerPool pool(4, 1000);
  std::vector<std::unique_ptr<Task>> tasks;
  for (int i = 0; i < 1000; ++i) {
    tasks.push_back(std::make_unique<Task>());
    ASSERT_TRUE(pool.submit(*tasks.back()));
  }
  pool.drain();
  for (const auto& task : tasks) EXPECT_EQ(task->ran, 1);
}

TEST(WorkerPool, RefusesWhenThreadsAndQueueAreFull) {
  std::latch open(1);
  std::latch begun(1);
  Task running([&] {
    begun.count_down();
    open.wait();
  });
  Task waiting;
  Task refused;
  WorkerPool pool(1, 1);
  ASSERT_TRUE(pool.submit(running));
  begun.wait();
  EXPECT_TRUE(pool.submit(waiting));
  EXPECT_EQ(pool.state().waiting, 1U);
  EXPECT_FALSE(pool.submit(refused));
  EXPECT_EQ(pool.state().refused, 1U);
  open.count_down();
  pool.drain();
  EXPECT_EQ(waiting.ran, 1);
  EXPECT_EQ(refused.ran, 0);
  EXPECT_TRUE(pool.submit(refused));
  pool.drain();
}

TEST(WorkerPool, DropsWhatHasNotBegunWhenItStops) {
  std::latch open(1);
  std::latch begun(1);
  Task running([&] {
    begun.count_down();
    open.wait();
  });
  std::array<Task, 3> waiting;
  WorkerPool pool(1, 10);
  ASSERT_TRUE(pool.submit(running));
  begun.wait();
  for (Task& task : waiting) ASSERT_TRUE(pool.submit(task));
  std::thread stopper([&] { pool.stop(); });
  while (waiting.back().dropped == 0) std::this_thread::yield();
  open.count_down();
  stopper.join();
  EXPECT_EQ(running.ran, 1);
  for (const Task& task : waiting) {
    EXPECT_EQ(task.dropped, 1);
    EXPECT_EQ(task.ran, 0);
  }
}

TEST(WorkerPool, RefusesAfterItsStop) {
  WorkerPool pool(2, 2);
  pool.stop();
  pool.stop();
  Task task;
  EXPECT_FALSE(pool.submit(task));
  pool.drain();
}

TEST(WorkerPool, TakesJobsFromManyThreads) {
  WorkerPool pool(3, 100000);
  std::atomic<int> ran{0};
  std::vector<std::thread> clients;
  std::vector<std::vector<std::unique_ptr<Task>>> tasks(4);
  for (auto& own : tasks) {
    clients.emplace_back([&] {
      for (int i = 0; i < 500; ++i) {
        own.push_back(std::make_unique<Task>([&] { ++ran; }));
        EXPECT_TRUE(pool.submit(*own.back()));
      }
    });
  }
  for (std::thread& client : clients) client.join();
  pool.drain();
  EXPECT_EQ(ran, 2000);
}

}  // namespace
}  // namespace portico::pipeline

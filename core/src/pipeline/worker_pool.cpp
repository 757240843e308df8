// SPDX-License-Identifier: Apache-2.0
#include "pipeline/worker_pool.h"

#include "base/alternate_stack.h"

#include <string>
#include <utility>

#include <pthread.h>

namespace portico::pipeline {

WorkerPool::WorkerPool(std::size_t threads, std::size_t queue)
    : size_(threads), most_(threads + queue) {
  threads_.reserve(threads);
  for (std::size_t i = 0; i < threads; ++i) {
    threads_.emplace_back([this] { work(); });
    ::pthread_setname_np(threads_.back().native_handle(), ("worker " + std::to_string(i)).c_str());
  }
}

WorkerPool::~WorkerPool() { stop(); }

bool WorkerPool::submit(Job& job) {
  const std::lock_guard lock(mutex_);
  // A thread that has not woken up yet counts as free, so the sum is what is bounded.
  if (stopping_ || waiting_ + running_ >= most_) return false;
  job.next = nullptr;
  (first_ == nullptr ? first_ : last_->next) = &job;
  last_ = &job;
  ++waiting_;
  wanted_.notify_one();
  return true;
}

void WorkerPool::drain() {
  std::unique_lock lock(mutex_);
  idle_.wait(lock, [this] { return waiting_ + running_ == 0; });
}

void WorkerPool::stop() {
  Job* dropped = nullptr;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    dropped = std::exchange(first_, nullptr);
    waiting_ = 0;
  }
  wanted_.notify_all();
  while (dropped != nullptr) {
    Job* const next = dropped->next;
    dropped->drop();
    dropped = next;
  }
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
  idle_.notify_all();
}

WorkerPool::State WorkerPool::state() const {
  const std::lock_guard lock(mutex_);
  return {size_, running_, waiting_, most_ - size_};
}

void WorkerPool::work() {
  const base::AlternateStack crash_stack;
  std::unique_lock lock(mutex_);
  for (;;) {
    wanted_.wait(lock, [this] { return stopping_ || first_ != nullptr; });
    if (first_ == nullptr) return;
    Job* const job = first_;
    first_ = job->next;
    --waiting_;
    ++running_;
    lock.unlock();
    job->run();
    lock.lock();
    --running_;
    if (waiting_ + running_ == 0) idle_.notify_all();
  }
}

}  // namespace portico::pipeline

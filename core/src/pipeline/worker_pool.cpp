// SPDX-License-Identifier: Apache-2.0
#include "pipeline/worker_pool.h"

#include "base/alternate_stack.h"

#include <string>
#include <utility>

#include <pthread.h>
#include <sys/resource.h>

namespace portico::pipeline {

WorkerPool::WorkerPool(std::size_t threads, std::size_t queue, const Manner& manner)
    : size_(threads), most_(threads + queue) {
  threads_.reserve(threads);
  for (std::size_t i = 0; i < threads; ++i) {
    threads_.emplace_back([this, nice = manner.nice] { work(nice); });
    const std::string name = std::string(manner.name) + " " + std::to_string(i);
    ::pthread_setname_np(threads_.back().native_handle(), name.c_str());
  }
}

WorkerPool::~WorkerPool() { stop(); }

bool WorkerPool::submit(Job& job) {
  const std::lock_guard lock(mutex_);
  // A thread that has not woken up yet counts as free, so the sum is what is bounded.
  if (stopping_) return false;
  if (waiting_ + running_ >= most_) {
    ++refused_;
    return false;
  }
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
  return {size_, running_, waiting_, most_ - size_, refused_};
}

void WorkerPool::work(int nice) {
  // Of this thread alone, which is how Linux reads it. Without it the work is done all the same.
  if (nice > ::getpriority(PRIO_PROCESS, 0)) ::setpriority(PRIO_PROCESS, 0, nice);
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

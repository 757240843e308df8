// SPDX-License-Identifier: Apache-2.0
#include "services/log/log.h"

#include "services/log/log_shared.h"

#include <array>
#include <string>
#include <utility>

#include <pthread.h>
#include <signal.h>

namespace portico::services {

Log::Log(const LogOptions& options, const base::Clock& clock)
    : level_(options.level),
      clock_(clock),
      stop_timeout_(options.stop_timeout),
      shared_(std::make_shared<Shared>(options)) {
  // Signals belong to the thread that waits for them, and a reader that hangs up is EPIPE, no
  // SIGPIPE.
  sigset_t all;
  sigset_t before;
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &before);
  writer_ = std::thread([shared = shared_] { run(shared); });
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  ::pthread_setname_np(writer_.native_handle(), "portico-log");
}

Log::~Log() { stop(); }

void Log::write(Level level, std::string_view component, std::string_view message,
                std::span<const Field> fields) noexcept {
  if (!enabled(level)) return;
  // Not set to zero first: that would cost more than the formatting.
  char space[MaxRecord];
  const std::string_view record = shared_->format_record(
      {clock_.unix_time(), level, component, message, fields}, RecordSpace(space));
  bool wake = false;
  {
    const std::lock_guard lock(shared_->mutex);
    if (shared_->stopping || !shared_->pending.append(record)) {
      shared_->dropped.fetch_add(1, std::memory_order_relaxed);
      return;
    }
    shared_->accepted += record.size();
    wake = std::exchange(shared_->writer_sleeps, false);
  }
  if (wake) shared_->work.notify_one();
}

void Log::follow(std::shared_ptr<LogFeed> feed) noexcept {
  const std::lock_guard lock(shared_->mutex);
  shared_->feed = std::move(feed);
  shared_->work.notify_one();
}

/// Without the lock, for loops call it: a wake-up that is missed is made up for by the next look.
void Log::hurry() noexcept {
  shared_->hurried.store(true, std::memory_order_relaxed);
  shared_->work.notify_one();
}

void Log::reopen() noexcept {
  const std::lock_guard lock(shared_->mutex);
  shared_->reopening = true;
  shared_->work.notify_one();
}

bool Log::flush(std::chrono::milliseconds timeout) noexcept {
  std::unique_lock lock(shared_->mutex);
  const std::uint64_t target = shared_->accepted;
  return shared_->progress.wait_for(lock, timeout, [&] { return shared_->finished >= target; });
}

void Log::stop() noexcept {
  if (!writer_.joinable()) return;
  bool ended = false;
  {
    std::unique_lock lock(shared_->mutex);
    shared_->stopping = true;
    shared_->stop_at = std::chrono::steady_clock::now() + stop_timeout_;
    shared_->work.notify_one();
    shared_->interrupt.signal();
    // A little longer than the writer takes to give up by itself.
    ended = shared_->progress.wait_for(lock, stop_timeout_ + std::chrono::milliseconds(100),
                                       [this] { return shared_->ended; });
  }
  if (ended) {
    writer_.join();
  } else {
    writer_.detach();
  }
}

std::uint64_t Log::dropped() const noexcept {
  return shared_->dropped.load(std::memory_order_relaxed);
}

}  // namespace portico::services

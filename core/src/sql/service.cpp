// SPDX-License-Identifier: Apache-2.0
#include "sql/service.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <pthread.h>

namespace portico::sql {
namespace {

/// Sessions that are too old are looked for this often.
constexpr std::chrono::nanoseconds Leisure = std::chrono::seconds(30);

}  // namespace

Service::Service(const base::Clock& clock, services::LogSink& log) : clock_(clock), log_(log) {}

Service::~Service() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
  }
  wanted_.notify_all();
  if (thread_.joinable()) thread_.join();
}

std::shared_ptr<Store> Service::open(const std::string& name, const Options& options) {
  const auto ring = [this] {
    const std::lock_guard lock(mutex_);
    rung_ = true;
    wanted_.notify_one();
  };
  return shelf_.find_or_make(
      name, options, [&] { return std::make_shared<Store>(name, options, log_, clock_, ring); });
}

void Service::wake() {
  const std::lock_guard lock(mutex_);
  if (thread_.joinable()) return;
  thread_ = std::thread([this] { work(); });
  ::pthread_setname_np(thread_.native_handle(), "sql");
}

void Service::work() {
  std::unique_lock lock(mutex_);
  while (!closing_) {
    rung_ = false;
    lock.unlock();
    std::chrono::nanoseconds next = clock_.now() + Leisure;
    for (const auto& store : shelf_.all()) {
      if (const auto due = store->look()) next = std::min(next, *due);
    }
    const auto patience = std::max(next - clock_.now(), std::chrono::nanoseconds(0));
    lock.lock();
    wanted_.wait_for(lock, patience, [this] { return rung_ || closing_; });
  }
}

}  // namespace portico::sql

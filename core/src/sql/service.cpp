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
  const std::lock_guard lock(mutex_);
  std::erase_if(stores_, [](const auto& each) { return each.expired(); });
  for (const auto& each : stores_) {
    auto store = each.lock();
    if (store && store->name == name && store->options == options) return store;
  }
  auto made = std::make_shared<Store>(name, options, log_, clock_, [this] {
    const std::lock_guard bell(mutex_);
    rung_ = true;
    wanted_.notify_one();
  });
  stores_.push_back(made);
  return made;
}

void Service::wake() {
  const std::lock_guard lock(mutex_);
  if (thread_.joinable()) return;
  thread_ = std::thread([this] { work(); });
  ::pthread_setname_np(thread_.native_handle(), "sql");
}

std::vector<std::shared_ptr<Store>> Service::all() const {
  std::vector<std::shared_ptr<Store>> found;
  for (const auto& each : stores_) {
    if (auto store = each.lock()) found.push_back(std::move(store));
  }
  return found;
}

std::vector<std::shared_ptr<Store>> Service::stores() const {
  // Looked through, and let go of, without the lock: the last to hold one closes its sessions.
  std::vector<std::shared_ptr<Store>> living;
  {
    const std::lock_guard lock(mutex_);
    living = all();
  }
  std::vector<std::shared_ptr<Store>> found;
  for (const auto& store : living) {
    if (!store->in_use()) continue;
    std::erase_if(found, [&](const auto& older) { return older->name == store->name; });
    found.push_back(store);
  }
  std::ranges::sort(found, {}, [](const auto& each) -> const std::string& { return each->name; });
  return found;
}

void Service::work() {
  std::unique_lock lock(mutex_);
  while (!closing_) {
    rung_ = false;
    std::vector<std::shared_ptr<Store>> stores = all();
    lock.unlock();
    std::chrono::nanoseconds next = clock_.now() + Leisure;
    for (const auto& store : stores) {
      if (const auto due = store->look()) next = std::min(next, *due);
    }
    // The last to hold one closes its sessions, which must not be while the lock is held.
    stores.clear();
    const auto patience = std::max(next - clock_.now(), std::chrono::nanoseconds(0));
    lock.lock();
    wanted_.wait_for(lock, patience, [this] { return rung_ || closing_; });
  }
}

}  // namespace portico::sql

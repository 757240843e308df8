// SPDX-License-Identifier: Apache-2.0
#include "sql/client.h"

#include "loop/running.h"

#include <stdexcept>
#include <utility>

namespace portico {

using sql::Client;

void sql::Client::start_when_asked(std::function<void(Store&)> prepare) {
  const std::lock_guard lock(preparing_);
  prepare_ = std::move(prepare);
}

sql::Store& sql::Client::store_to_ask() {
  if (loop::runs_here()) {
    throw std::logic_error(
        "a database was asked on a loop, which must not wait; do it in a handler or by `defer`");
  }
  if (started_.load(std::memory_order_acquire)) return user_.store();
  const std::lock_guard lock(preparing_);
  if (!prepare_) throw std::logic_error("a database is asked from `start` on, not before");
  if (!started_) prepare_(user_.store());
  started_ = true;
  return user_.store();
}

void Sql::read_any(void (*work)(void* given, Reader& reader), void* given) {
  Client::of(*this).store_to_ask().read([=](Reader& reader) { work(given, reader); });
}

void Sql::read_main_any(void (*work)(void* given, Reader& reader), void* given) {
  Client::of(*this).store_to_ask().read_main([=](Reader& reader) { work(given, reader); });
}

void Sql::write_any(void (*work)(void* given, Transaction& transaction), void* given) {
  Client::of(*this).store_to_ask().write([=](Transaction& db) { work(given, db); });
}

Sql::Engine Sql::engine() const noexcept { return Client::of(*this).store().options.main.engine; }

bool Sql::connected() const noexcept { return Client::of(*this).store().connected(); }

}  // namespace portico

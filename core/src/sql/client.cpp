// SPDX-License-Identifier: Apache-2.0
#include "sql/client.h"

#include "loop/running.h"

#include <stdexcept>

namespace portico {

using sql::Client;

sql::Store& sql::Client::store_to_ask() const {
  if (loop::runs_here()) {
    throw std::logic_error(
        "a database was asked on a loop, which must not wait; do it in a handler or by `defer`");
  }
  if (!started_.load(std::memory_order_acquire)) {
    throw std::logic_error("a database is asked from `start` on, not before");
  }
  return user_.store();
}

void Sql::read_any(void (*work)(void* given, Reader& reader), void* given) {
  Client::of(*this).store_to_ask().read([=](Reader& reader) { work(given, reader); });
}

void Sql::write_any(void (*work)(void* given, Transaction& transaction), void* given) {
  Client::of(*this).store_to_ask().write([=](Transaction& db) { work(given, db); });
}

Sql::Engine Sql::engine() const noexcept { return Client::of(*this).store().options.main.engine; }

bool Sql::connected() const noexcept { return Client::of(*this).store().connected(); }

}  // namespace portico

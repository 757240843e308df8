// SPDX-License-Identifier: Apache-2.0
// What this node knows of roles and of who has them, and how it stays true: each change in the
// database has a version; this node applies those that it has not seen, when it made one itself
// (before the answer is sent), when another node says so by Redis, and every five seconds anyway.
//
// Roles are a book, swapped as a whole. Who has which is looked up when it is asked for and kept by
// each thread; a change ends the edition of what was known of that user.
//
// Where the database has not been heard of for a while, nobody knows what was taken away on other
// nodes: then `stale`, and decisions by it are answered 503.
#pragma once

#include "gate/editions.h"
#include "gate/user_key.h"
#include "model/assignment.h"
#include "model/book.h"
#include "store/versions.h"
#include <portico/host.h>
#include <portico/metrics.h>
#include <portico/sql.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace portico::rbac {

class Knowledge {
 public:
  /// `sql` is null where roles come from the file alone.
  Knowledge(Sql* sql, std::chrono::nanoseconds staleness, Host& host);
  Knowledge(const Knowledge&) = delete;
  Knowledge& operator=(const Knowledge&) = delete;

  /// The roles of the file, where there is no database.
  void set(std::span<const Role> roles);
  /// Applies what is new in the database, and returns it; nothing where it was so much that all
  /// that was known has been forgotten. Throws SqlError, and nothing has changed. May block;
  /// several callers take turns.
  std::optional<std::vector<Change>> learn();
  /// What that user has is different from now on. Any thread, without waiting.
  void forget(std::string_view user) noexcept { editions_.end(keys_(user)); }
  /// Something has changed that could not be read: nothing is decided by what was known.
  void doubt() noexcept { heard_.store(Never, std::memory_order_relaxed); }
  /// Of a user, from the database. May block.
  [[nodiscard]] std::vector<Assignment> look_up(std::string_view user) const;

  // On loops, without a lock.

  /// The version of the book; rises once the book can be had.
  [[nodiscard]] std::int64_t book_version() const noexcept {
    return book_version_.load(std::memory_order_acquire);
  }
  [[nodiscard]] const Editions& editions() const noexcept { return editions_; }
  [[nodiscard]] UserKey key_of(std::string_view user) const noexcept { return keys_(user); }
  [[nodiscard]] bool stale(std::chrono::nanoseconds now) const noexcept;

  /// Takes a lock: for who saw a new version.
  [[nodiscard]] std::shared_ptr<const Book> book() const;
  /// The last version that was applied, of roles and of assignments.
  [[nodiscard]] std::int64_t version() const noexcept {
    return version_.load(std::memory_order_acquire);
  }

 private:
  void apply(std::span<const Change> changes);
  void take(std::span<const Role> roles, std::int64_t version);

  static constexpr std::int64_t Never = INT64_MIN;

  Sql* const sql_;
  const std::int64_t staleness_;
  Host& host_;
  Histogram& propagation_;
  Gauge& unreadable_;
  const UserKeys keys_;
  Editions editions_;
  std::mutex learning_;
  std::atomic<std::int64_t> version_{-1};
  std::atomic<std::int64_t> book_version_{-1};
  std::atomic<std::int64_t> heard_{Never};
  mutable std::mutex mutex_;
  std::shared_ptr<const Book> book_;  // Shared by the threads that decide by it.
};

}  // namespace portico::rbac

// SPDX-License-Identifier: Apache-2.0
// One database, as all plugins share it: its sessions, what becomes of reads and transactions on
// them, and what was counted. Any thread that may block.
#pragma once

#include "base/bell.h"
#include "base/clock.h"
#include "services/log/sink.h"
#include "sql/figures.h"
#include "sql/options.h"
#include "sql/pool.h"
#include "sql/work.h"
#include <portico/callable.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace portico::sql {

class Store final : Witness {
 public:
  /// `bell` is called when there is something for `look`.
  Store(std::string its_name, Options how, services::LogSink& log, const base::Clock& clock,
        std::function<void()> bell);
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  ~Store();

  const std::string name;
  const Options options;

  /// Holds the store in use: only those are shown.
  class User {
   public:
    explicit User(std::shared_ptr<Store> store) : store_(std::move(store)) {
      store_->users_.fetch_add(1, std::memory_order_relaxed);
    }
    User(const User&) = delete;
    User& operator=(const User&) = delete;
    ~User() { store_->users_.fetch_sub(1, std::memory_order_relaxed); }
    [[nodiscard]] Store& store() const noexcept { return *store_; }
    [[nodiscard]] const std::shared_ptr<Store>& shared() const noexcept { return store_; }

   private:
    std::shared_ptr<Store> store_;
  };
  [[nodiscard]] bool in_use() const noexcept { return users_.load(std::memory_order_relaxed) != 0; }

  void read(const Callable<void(Reader&)>& work);
  void read_main(const Callable<void(Reader&)>& work);
  void write(const Callable<void(Transaction&)>& work);

  /// Opens a session where there was none yet, and finds again what is away. Returns when to come
  /// back; nothing when there is no hurry.
  [[nodiscard]] std::optional<std::chrono::nanoseconds> look();
  [[nodiscard]] bool connected() const;
  /// Why it is away; empty while it is not.
  [[nodiscard]] std::string reason() const;

  /// Steps that were found applied, by whatever names them: whoever comes later, with the same
  /// ones, need not ask the database, which may be away.
  [[nodiscard]] bool has_settled(const std::string& steps) const;
  void settle(std::string steps);

  /// Rings when something was committed that is to be done (jobs/), at the time when it is due.
  [[nodiscard]] base::Bell& work_bell() noexcept { return work_bell_; }

  struct PoolState {
    std::string use;  ///< "write", "read", "replica 1".
    Pool::State state;
  };
  [[nodiscard]] std::vector<PoolState> pools() const;
  [[nodiscard]] Figures::Sums sums() const { return figures_.sums(); }
  /// Rows of the outbox that wait, as they were counted last.
  [[nodiscard]] std::int64_t backlog() const noexcept {
    return backlog_.load(std::memory_order_relaxed);
  }
  void note_backlog(std::int64_t rows) noexcept { backlog_.store(rows, std::memory_order_relaxed); }

 private:
  struct Named {
    std::string use;
    std::unique_ptr<Pool> pool;
  };

  void add_pool(std::string use, const Place& place, Use how, std::size_t most);
  void turned(const std::string& use, const std::string& reason) noexcept;
  void ran(std::string_view statement, std::chrono::nanoseconds took,
           const SqlError* error) noexcept override;
  void read_at(Pool& pool, const Callable<void(Reader&)>& work);
  void attempt(Pool::Lease& lease, const Callable<void(Transaction&)>& work, bool& begun);
  void pause(std::uint32_t attempt);

  services::LogSink& log_;
  const base::Clock& clock_;
  const std::function<void()> bell_;
  std::atomic<std::uint32_t> users_{0};
  std::atomic<std::uint32_t> next_replica_{0};
  std::atomic<std::int64_t> backlog_{0};
  base::Bell work_bell_;
  Figures figures_;
  std::vector<Named> pools_;  // For writing, for reading the main one, then the replicas.
  mutable std::mutex mutex_;
  std::condition_variable closing_;
  std::set<std::string> settled_;
};

}  // namespace portico::sql

// SPDX-License-Identifier: Apache-2.0
// The sessions to one place, lent for one use each. Whoever finds none waits in a queue, first come
// first served, with a deadline. No session is made, tried or closed while the lock is held: a
// database that is slow to answer holds up only who asked it.
//
// While the circuit is open, everybody is refused at once; `look` finds the database again.
#pragma once

#include "base/clock.h"
#include "sql/circuit.h"
#include "sql/session.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace portico::sql {

class Pool {
 public:
  using Open = std::function<std::unique_ptr<Session>()>;
  using Time = std::chrono::nanoseconds;
  /// The circuit has opened (with the reason) or closed (without one).
  using Turn = std::function<void(const std::string& reason)>;

  Pool(Open open, std::size_t most, const Timing& timing, const base::Clock& clock, Turn turned);
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  struct Held {
    std::unique_ptr<Session> session;
    Time opened{0};
    Time used{0};
  };
  /// One session, given back when this goes.
  class Lease {
   public:
    Lease(Pool& pool, Held held, bool fresh) noexcept
        : pool_(pool), held_(std::move(held)), fresh_(fresh) {}
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    ~Lease() { pool_.give_back(std::move(held_)); }

    [[nodiscard]] Session& session() const noexcept { return *held_.session; }
    /// It was opened for this use: what it says of the database is news.
    [[nodiscard]] bool fresh() const noexcept { return fresh_; }

   private:
    Pool& pool_;
    Held held_;
    const bool fresh_;
  };
  /// Throws SqlError: Unavailable, or Busy after `Timing::place`.
  [[nodiscard]] std::unique_ptr<Lease> lease();

  /// While the circuit is open and a try is due: makes that try. Closes what was idle for long.
  /// Returns when to come again; nothing when there is no hurry.
  [[nodiscard]] std::optional<Time> look();

  struct State {
    std::size_t idle;
    std::size_t busy;
    std::size_t waiting;
    std::size_t most;
    std::uint64_t opened;  ///< Ever,
    std::uint64_t failed;  ///< and that did not come about.
    bool away;
    std::string reason;
  };
  [[nodiscard]] State state() const;

 private:
  /// A place for a session, and the session where one was idle.
  struct Place {
    std::optional<Held> held;
  };
  struct Waiter {
    std::condition_variable called;
    std::optional<Place> place;
    bool refused = false;
  };

  [[nodiscard]] Place take_place();
  [[nodiscard]] Place wait(std::unique_lock<std::mutex>& lock);
  [[nodiscard]] Held open();
  [[nodiscard]] bool usable(const Held& held) const;
  void give_back(Held held) noexcept;
  void give_up_place() noexcept;
  void lost(std::string reason) noexcept;
  void refuse() const;

  const Open open_;
  const std::size_t most_;
  const Timing timing_;
  const base::Clock& clock_;
  const Turn turned_;
  mutable std::mutex mutex_;
  Circuit circuit_;
  std::vector<Held> idle_;  // The last one was used last.
  std::deque<Waiter*> queue_;
  std::size_t taken_ = 0;  // Places, with sessions that are idle or lent, or about to be opened.
  std::uint64_t opened_ = 0;
  std::uint64_t failed_ = 0;
};

}  // namespace portico::sql

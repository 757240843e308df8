// SPDX-License-Identifier: Apache-2.0
#include "sql/store.h"

#include "base/random.h"

#include <algorithm>
#include <array>
#include <span>
#include <stdexcept>

namespace portico::sql {
namespace {

using Kind = SqlError::Kind;

constexpr std::uint32_t MostAttempts = 12;
/// From the fifth on the pauses stay as long: 64 ms at most.
constexpr std::uint32_t MostDoublings = 5;
constexpr std::size_t Writer = 0;
constexpr std::size_t MainReader = 1;
constexpr std::size_t FirstReplica = 2;

/// The database that this thread has a transaction on. A second one would wait for the first.
constinit thread_local const Store* writing = nullptr;

class Writing {
 public:
  explicit Writing(const Store& store) {
    if (writing == &store) {
      throw std::logic_error(
          "this thread is in a transaction on the database already; hand that one on");
    }
    before_ = std::exchange(writing, &store);
  }
  Writing(const Writing&) = delete;
  Writing& operator=(const Writing&) = delete;
  ~Writing() { writing = before_; }

 private:
  const Store* before_ = nullptr;
};

}  // namespace

Store::Store(std::string its_name, Options how, services::LogSink& log, const base::Clock& clock,
             std::function<void()> bell)
    : name(std::move(its_name)),
      options(std::move(how)),
      log_(log),
      clock_(clock),
      bell_(std::move(bell)) {
  const bool one_writer = options.main.engine == Engine::Sqlite;
  add_pool("write", options.main, Use::Write, one_writer ? 1 : options.most_sessions);
  add_pool("read", options.main, Use::Read, options.most_sessions);
  for (std::size_t i = 0; i < options.replicas.size(); ++i) {
    add_pool("replica " + std::to_string(i + 1), options.replicas[i], Use::Read,
             options.most_sessions);
  }
}

Store::~Store() = default;

void Store::add_pool(std::string use, const Place& place, Use how, std::size_t most) {
  auto open = [this, &place, how] { return open_session(place, options.timing, how); };
  auto told = [this, use](const std::string& reason) { turned(use, reason); };
  auto pool =
      std::make_unique<Pool>(std::move(open), most, options.timing, clock_, std::move(told));
  pools_.push_back({std::move(use), std::move(pool)});
}

void Store::turned(const std::string& use, const std::string& reason) noexcept {
  const std::array<services::Field, 3> fields{services::Field{"database", name},
                                              services::Field{"use", use},
                                              services::Field{"reason", reason}};
  const bool away = !reason.empty();
  log_.write(away ? Level::Warning : Level::Info, "core",
             away ? "a database is away" : "a database is back",
             std::span(fields).first(away ? 3 : 2));
  if (away) bell_();
}

void Store::ran(std::string_view statement, std::chrono::nanoseconds took,
                const SqlError* error) noexcept {
  figures_.count(statement, took, error != nullptr);
  if (took < options.timing.slow) return;
  figures_.count_slow();
  const std::string milliseconds =
      std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(took).count());
  const std::array<services::Field, 3> fields{services::Field{"database", name},
                                              services::Field{"statement", statement},
                                              services::Field{"milliseconds", milliseconds}};
  log_.write(Level::Warning, "core", "a statement was slow", fields);
}

void Store::read(const Callable<void(Reader&)>& work) {
  const std::size_t replicas = pools_.size() - FirstReplica;
  const std::size_t first = next_replica_.fetch_add(1, std::memory_order_relaxed);
  for (std::size_t i = 0; i < replicas; ++i) {
    try {
      return read_at(*pools_[FirstReplica + (first + i) % replicas].pool, work);
    } catch (const SqlError& error) {
      // The next one, and at last the main one.
      if (error.kind() != Kind::Unavailable && error.kind() != Kind::Busy) throw;
    }
  }
  read_main(work);
}

void Store::read_main(const Callable<void(Reader&)>& work) {
  read_at(*pools_[MainReader].pool, work);
}

void Store::read_at(Pool& pool, const Callable<void(Reader&)>& work) {
  for (bool again = false;; again = true) {
    const auto lease = pool.lease();
    Work reader(lease->session(), *this);
    try {
      return work(reader);
    } catch (const SqlError& error) {
      // A session that idled may have been dead for long; a fresh one knows.
      if (error.kind() != Kind::Unavailable || lease->fresh() || again) throw;
    }
  }
}

void Store::write(const Callable<void(Transaction&)>& work) {
  const Writing here(*this);
  bool renewed = false;
  for (std::uint32_t attempt_number = 1;; ++attempt_number) {
    bool begun = false;
    bool fresh = false;
    try {
      const auto lease = pools_[Writer].pool->lease();
      fresh = lease->fresh();
      return attempt(*lease, work, begun);
    } catch (const SqlError& error) {
      const bool dead = error.kind() == Kind::Unavailable && !begun && !fresh && !renewed &&
                        !pools_[Writer].pool->state().away;
      if (dead) {
        renewed = true;
        continue;
      }
      if (error.kind() != Kind::Serialisation || attempt_number == MostAttempts) throw;
      figures_.count_retry();
    }
    pause(attempt_number);
  }
}

void Store::attempt(Pool::Lease& lease, const Callable<void(Transaction&)>& work, bool& begun) {
  Session& session = lease.session();
  session.begin();
  begun = true;
  Work transaction(session, *this);
  try {
    work(transaction);
    if (transaction.error()) throw SqlError(*transaction.error());
  } catch (...) {
    session.roll_back();
    throw;
  }
  try {
    session.commit();
  } catch (const SqlError& error) {
    session.roll_back();
    if (error.kind() != Kind::Unavailable) throw;
    throw SqlError(Kind::OutcomeUnknown, {},
                   "the connection was lost in the commit, which may have been done");
  }
  if (transaction.work_due() != std::chrono::microseconds::max()) {
    work_bell_.ring(transaction.work_due());
  }
}

/// Longer each time, and by chance: those who were in each other's way do not meet again.
void Store::pause(std::uint32_t attempt) {
  std::uint32_t number = 0;
  base::fill_random(std::as_writable_bytes(std::span(&number, 1)));
  const std::chrono::microseconds most(2'000U << std::min(attempt, MostDoublings));
  std::unique_lock lock(mutex_);
  closing_.wait_for(lock, std::chrono::microseconds(number % most.count()));
}

bool Store::has_settled(const std::string& steps) const {
  const std::lock_guard lock(mutex_);
  return settled_.contains(steps);
}

void Store::settle(std::string steps) {
  const std::lock_guard lock(mutex_);
  settled_.insert(std::move(steps));
}

std::optional<std::chrono::nanoseconds> Store::look() {
  std::optional<std::chrono::nanoseconds> next;
  for (const Named& each : pools_) {
    const auto due = each.pool->look();
    if (due && (!next || *due < *next)) next = due;
  }
  return next;
}

bool Store::connected() const { return reason().empty(); }

std::string Store::reason() const {
  for (const std::size_t pool : {Writer, MainReader}) {
    const Pool::State state = pools_[pool].pool->state();
    if (state.away) return state.reason;
  }
  return {};
}

std::vector<Store::PoolState> Store::pools() const {
  std::vector<PoolState> states;
  states.reserve(pools_.size());
  for (const Named& each : pools_) states.push_back({each.use, each.pool->state()});
  return states;
}

}  // namespace portico::sql

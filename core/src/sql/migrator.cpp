// SPDX-License-Identifier: Apache-2.0
#include "sql/migrator.h"

#include "sql/migration_history.h"
#include "sql/migration_text.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <utility>

namespace portico::sql {
namespace {

using Kind = SqlError::Kind;

constexpr std::chrono::milliseconds LongestStatement = std::chrono::hours(24);
/// For another process that migrates, and for whoever uses a table that is to be changed.
constexpr std::chrono::minutes Patience{5};
constexpr std::uint32_t MostAttempts = 10;

/// "portico" as a number: nobody else in the database should mean the same lock.
constexpr Statement TryLock{"migrations.try_lock",
                            "SELECT pg_try_advisory_lock(31647734761612143)"};
constexpr Statement WaitForLock{"migrations.lock", "SELECT pg_advisory_lock(31647734761612143)"};
constexpr Statement LockTimeout{"migrations.lock_timeout", "SET lock_timeout = '5min'"};
/// A server notices by itself that the process which asked it has died, and lets go of its locks.
constexpr Statement NoticeDeath{"migrations.notice_death",
                                "SET client_connection_check_interval = '1s'"};

[[nodiscard]] bool contains(const std::vector<AppliedStep>& history, const AppliedStep& step) {
  return std::ranges::any_of(history, [&](const AppliedStep& each) {
    return each.owner == step.owner && each.number == step.number;
  });
}

/// SQLite waits for another process by itself, but not for long.
template <class Call>
void patiently(Call call) {
  const auto deadline = std::chrono::steady_clock::now() + Patience;
  for (;;) {
    try {
      return call();
    } catch (const SqlError& error) {
      if (error.kind() != Kind::Busy || std::chrono::steady_clock::now() > deadline) throw;
    }
  }
}

}  // namespace

Migrator::Migrator(std::string database, const Options& options, const base::Clock& clock,
                   services::LogSink& log)
    : database_(std::move(database)),
      place_(options.main),
      timing_(options.timing),
      clock_(clock),
      log_(log) {
  timing_.statement = LongestStatement;
}

void Migrator::refuse(const SqlError& error, const std::string& owner,
                      const std::string& what) const {
  switch (error.kind()) {
    case Kind::Unavailable:
      throw MigrationError(owner, "the database " + database_ + " is away: " + error.what(),
                           "bring it up, or correct databases." + database_ +
                               "; tables are brought up to date before anything starts");
    case Kind::Busy:
      throw MigrationError(owner, "the database " + database_ + " is held by somebody else",
                           "wait for it to be let go of, or end who holds it");
    default: throw MigrationError(owner, what + ": " + error.what(), {});
  }
}

template <class Call>
auto Migrator::speaking(Call call) {
  try {
    open();
    auto result = call();
    session_.reset();
    return result;
  } catch (const SqlError& error) {
    session_.reset();
    refuse(error, {}, "the migrations of the database " + database_ + " cannot be told");
  } catch (...) {
    session_.reset();
    throw;
  }
}

void Migrator::open() {
  patiently([this] { session_ = open_session(place_, timing_, Use::Write); });
}

/// Ends with the session.
void Migrator::lock() {
  if (place_.engine == Engine::Sqlite) return;
  (void)session_->run(LockTimeout, {});
  try {
    (void)session_->run(NoticeDeath, {});
  } catch (const SqlError& error) {
    // A server before 14 does not know it.
    if (error.kind() != Kind::Refused) throw;
  }
  if (session_->run(TryLock, {}).rows[0].text(0) == "t") return;
  const std::array<services::Field, 1> fields{services::Field{"database", database_}};
  log_.write(Level::Info, "core", "another process migrates a database; waiting for it", fields);
  (void)session_->run(WaitForLock, {});
}

void Migrator::begin() {
  patiently([this] { session_->begin(); });
}

void Migrator::make_history() {
  MigrationHistory history(*session_, place_.engine);
  begin();
  try {
    if (!history.exists()) history.make();
    session_->commit();
  } catch (...) {
    session_->roll_back();
    throw;
  }
}

std::vector<AppliedStep> Migrator::apply(std::span<const OwnedSteps> owners) {
  return speaking([&] {
    std::vector<AppliedStep> done;
    const auto before = MigrationHistory(*session_, place_.engine).read();
    const bool lacking = std::ranges::any_of(owners, [&](const OwnedSteps& owned) {
      return !pending_steps(database_, owned, before).empty();
    });
    if (!lacking) return done;
    lock();
    make_history();
    for (const OwnedSteps& owned : owners) {
      for (const Migration& step : pending_steps(database_, owned, before)) {
        if (auto taken = take(owned, step, Way::Up)) done.push_back(*std::move(taken));
      }
    }
    return done;
  });
}

std::vector<AppliedStep> Migrator::undo(const OwnedSteps& owned, std::uint32_t number) {
  return speaking([&] {
    std::vector<AppliedStep> done;
    MigrationHistory history(*session_, place_.engine);
    if (steps_down_to(database_, owned, number, history.read()).empty()) return done;
    lock();
    for (const Migration& step : steps_down_to(database_, owned, number, history.read())) {
      if (auto taken = take(owned, step, Way::Down)) done.push_back(*std::move(taken));
    }
    return done;
  });
}

std::vector<AppliedStep> Migrator::history() {
  // To open a SQLite is to make it.
  std::error_code ignored;
  if (place_.engine == Engine::Sqlite && !std::filesystem::exists(place_.path, ignored)) return {};
  return speaking([&] { return MigrationHistory(*session_, place_.engine).read(); });
}

/// Nothing when another process was faster.
std::optional<AppliedStep> Migrator::take(const OwnedSteps& owned, const Migration& step, Way way) {
  for (std::uint32_t number = 1;; ++number) {
    try {
      auto taken = attempt(owned, step, way);
      if (taken) tell(*taken, way);
      return taken;
    } catch (const SqlError& error) {
      // Of who serves meanwhile: their transactions and this one were in each other's way.
      if (error.kind() == Kind::Serialisation && number < MostAttempts) continue;
      refuse(error, owned.owner,
             std::string(way == Way::Up ? "migration " : "undoing migration ") + label_of(step) +
                 " of " + owned.owner + " failed in the database " + database_ +
                 ", and nothing of it was done");
    }
  }
}

std::optional<AppliedStep> Migrator::attempt(const OwnedSteps& owned, const Migration& step,
                                             Way way) {
  const auto since = clock_.now();
  AppliedStep row{.owner = owned.owner,
                  .number = step.number,
                  .name = std::string(step.name),
                  .checksum = checksum_of(step),
                  .at = clock_.unix_time()};
  MigrationHistory history(*session_, place_.engine);
  begin();
  try {
    const auto applied = history.read();
    (void)pending_steps(database_, owned, applied);
    if (contains(applied, row) == (way == Way::Up)) {
      session_->roll_back();
      return std::nullopt;
    }
    run(way == Way::Up ? step.up : step.down);
    row.took = std::chrono::duration_cast<std::chrono::milliseconds>(clock_.now() - since);
    if (way == Way::Up) {
      history.add(row);
    } else {
      history.remove(row);
    }
    session_->commit();
    return row;
  } catch (...) {
    session_->roll_back();
    throw;
  }
}

void Migrator::run(std::string_view text) {
  const auto statements = statements_for(place_.engine, text);
  // A plugin whose text has none has been refused.
  if (!statements) throw SqlError(Kind::Refused, {}, statements.error());
  for (std::size_t i = 0; i < statements->size(); ++i) {
    const std::string name = "statement " + std::to_string(i + 1);
    (void)session_->run({.name = name, .text = (*statements)[i]}, {});
  }
}

void Migrator::tell(const AppliedStep& step, Way way) {
  const std::string number = std::to_string(step.number);
  const std::string milliseconds = std::to_string(step.took.count());
  const std::array<services::Field, 5> fields{
      services::Field{"database", database_}, services::Field{"plugin", step.owner},
      services::Field{"number", number}, services::Field{"name", step.name},
      services::Field{"milliseconds", milliseconds}};
  log_.write(Level::Info, "core",
             way == Way::Up ? "a migration was applied" : "a migration was undone", fields);
}

}  // namespace portico::sql

// SPDX-License-Identifier: Apache-2.0
#include "sql/sqlite_session.h"

#include "base/text.h"
#include "sql/statement_check.h"

#include <cerrno>
#include <string>
#include <system_error>

#include <sqlite3.h>
#include <sys/stat.h>

namespace portico::sql {
namespace {

using Kind = SqlError::Kind;

/// Between two looks at the clock.
constexpr int InstructionsOfSqlite = 20'000;
constexpr int BusyMilliseconds = 5'000;

Kind kind_of(int code, Use use) noexcept {
  switch (code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID: return Kind::UniqueViolation;
    case SQLITE_CONSTRAINT_FOREIGNKEY: return Kind::ForeignKeyViolation;
    case SQLITE_CONSTRAINT_NOTNULL: return Kind::NotNullViolation;
    case SQLITE_CONSTRAINT_CHECK: return Kind::CheckViolation;
    case SQLITE_BUSY_SNAPSHOT: return Kind::Serialisation;
    default: break;
  }
  switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL: return Kind::Busy;
    case SQLITE_INTERRUPT: return Kind::TimedOut;
    case SQLITE_READONLY: return use == Use::Read ? Kind::Refused : Kind::Unavailable;
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
    case SQLITE_FULL:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return Kind::Unavailable;
    default: return Kind::Refused;
  }
}

std::string why_not(const std::string& path, sqlite3* opened) {
  const int reason = opened == nullptr ? ENOMEM : ::sqlite3_system_errno(opened);
  return path + " cannot be opened: " + std::generic_category().message(reason) +
         "; it needs a folder that the gateway's user may write to";
}

/// For its owner alone: SQLite would make it for everybody that the umask lets. Without opening it:
/// whoever closes a file gives up all locks that the process has on it, those of SQLite too, and
/// another process would take the file for one that nobody uses.
void make_file(const std::string& path) { (void)::mknod(path.c_str(), S_IFREG | 0600, 0); }

/// A path is never an URI, which could ask for anything.
std::string plain_path(const std::string& path) {
  return path.starts_with('/') ? path : "./" + path;
}

}  // namespace

void SqliteSession::Close::operator()(sqlite3* connection) const noexcept {
  ::sqlite3_close(connection);
}

SqliteSession::SqliteSession(const Place& place, const Timing& timing, Use use)
    : use_(use), patience_(timing.statement) {
  const std::string path = plain_path(place.path);
  make_file(path);
  sqlite3* opened = nullptr;
  // One thread at a time has a session, so SQLite need not lock it.
  const int code =
      ::sqlite3_open_v2(path.c_str(), &opened,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
  connection_.reset(opened);
  if (code != SQLITE_OK) throw SqlError(Kind::Unavailable, {}, why_not(path, opened));
  ::sqlite3_busy_timeout(opened, BusyMilliseconds);
  ::sqlite3_progress_handler(opened, InstructionsOfSqlite, &SqliteSession::on_progress, this);
  say("sqlite.journal", "PRAGMA journal_mode = WAL");
  say("sqlite.synchronous", "PRAGMA synchronous = FULL");
  say("sqlite.foreign_keys", "PRAGMA foreign_keys = ON");
  if (use == Use::Read) say("sqlite.query_only", "PRAGMA query_only = ON");
  statements_.clear();
}

int SqliteSession::on_progress(void* self) noexcept {
  return std::chrono::steady_clock::now() > static_cast<SqliteSession*>(self)->deadline_ ? 1 : 0;
}

void SqliteSession::say(std::string_view name, std::string_view text) {
  (void)run({.name = name, .text = text}, {});
}

Prepared& SqliteSession::prepared(const Statement& statement) {
  if (auto* const known = statements_.find(statement.text)) return **known;
  auto made = std::make_unique<Prepared>(statement, connection_.get());
  if (statements_.full()) statements_.clear();
  return *statements_.add(statement.text, std::move(made));
}

Session::Outcome SqliteSession::run(const Statement& statement, SqlValues values) {
  deadline_ = std::chrono::steady_clock::now() + patience_;
  try {
    Prepared& ready = prepared(statement);
    check_values(statement, ready.count(), values);
    // What the statement before it changed stands until another one changes something.
    const auto before = ::sqlite3_total_changes64(connection_.get());
    Rows rows = ready.run(values);
    const bool changed = ::sqlite3_total_changes64(connection_.get()) != before;
    return {std::move(rows),
            changed ? static_cast<std::uint64_t>(::sqlite3_changes64(connection_.get())) : 0};
  } catch (const SqliteRefusal&) {
    fail(statement.name);
  }
}

void SqliteSession::fail(std::string_view statement) {
  const int code = ::sqlite3_extended_errcode(connection_.get());
  const Kind kind = kind_of(code, use_);
  if (kind == Kind::Unavailable) sound_ = false;
  if ((code & 0xFF) == SQLITE_OK) sound_ = false;
  throw SqlError(kind, statement,
                 "SQLite says " + std::to_string(code) + ": " +
                     base::escape_control(base::shorten(::sqlite3_errmsg(connection_.get()), 300)));
}

// Not DEFERRED: a transaction that reads before it writes is then refused when somebody else wrote
// in between.
void SqliteSession::begin() {
  say("sqlite.begin", use_ == Use::Write ? "BEGIN IMMEDIATE" : "BEGIN");
}

void SqliteSession::commit() { say("sqlite.commit", "COMMIT"); }

void SqliteSession::roll_back() noexcept {
  try {
    // Some errors have ended the transaction already.
    if (::sqlite3_get_autocommit(connection_.get()) == 0) say("sqlite.rollback", "ROLLBACK");
  } catch (...) {
    sound_ = false;
  }
}

bool SqliteSession::answers() noexcept {
  try {
    say("sqlite.ping", "SELECT 1");
    return true;
  } catch (...) {
    return false;
  }
}

}  // namespace portico::sql

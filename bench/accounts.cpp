// SPDX-License-Identifier: Apache-2.0
// Refreshes and sign-ups in a second, through the real chain with a database in a file, beside a
// bare loop of the same statements on libsqlite3, at synchronous FULL; both in turn, by the clock
// on the wall, for most of it is waiting for the disk. A sign-up's bare loop hashes the password
// too. Arguments: the folder for the databases, operations in each round (300), rounds (9), users
// that are there already (1000).
#include "accounts_site.h"
#include "password/passwords.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <sqlite3.h>

namespace {

using namespace portico;
using namespace portico::bench;

/// A loop of statements, prepared once.
class Bare {
 public:
  explicit Bare(const std::string& path) {
    if (::sqlite3_open(path.c_str(), &db_) != SQLITE_OK) throw std::runtime_error("no database");
    run("PRAGMA journal_mode = WAL");
    run("PRAGMA synchronous = FULL");
    run("PRAGMA foreign_keys = ON");
  }
  Bare(const Bare&) = delete;
  Bare& operator=(const Bare&) = delete;
  ~Bare() {
    for (sqlite3_stmt* const each : prepared_) ::sqlite3_finalize(each);
    ::sqlite3_close(db_);
  }

  void run(const std::string& text) {
    if (::sqlite3_exec(db_, text.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
      throw std::runtime_error(::sqlite3_errmsg(db_));
    }
  }
  std::size_t prepare(const std::string& text) {
    sqlite3_stmt* made = nullptr;
    if (::sqlite3_prepare_v2(db_, text.c_str(), -1, &made, nullptr) != SQLITE_OK) {
      throw std::runtime_error(std::string(::sqlite3_errmsg(db_)) + " in " + text);
    }
    prepared_.push_back(made);
    return prepared_.size() - 1;
  }
  void step(std::size_t which, const std::vector<std::string>& values = {}) {
    sqlite3_stmt* const statement = prepared_[which];
    int at = 0;
    for (const std::string& value : values) {
      ::sqlite3_bind_text(statement, ++at, value.data(), static_cast<int>(value.size()),
                          SQLITE_STATIC);
    }
    while (::sqlite3_step(statement) == SQLITE_ROW) continue;
    if (::sqlite3_reset(statement) != SQLITE_OK) throw std::runtime_error(::sqlite3_errmsg(db_));
  }

 private:
  sqlite3* db_ = nullptr;
  std::vector<sqlite3_stmt*> prepared_;
};

struct Rates {
  std::vector<double> ours;
  std::vector<double> bare;

  void print(const char* what) const {
    std::vector<double> ratios;
    for (std::size_t i = 0; i < ours.size(); ++i) ratios.push_back(ours[i] / bare[i]);
    std::printf("%-10s %9.0f /s, bare %9.0f /s, ratio %.2f\n", what, median(ours), median(bare),
                median(ratios));
  }
};

/// What a refresh and a sign-up execute, on the same tables.
class SameStatements {
 public:
  explicit SameStatements(const std::string& path) : bare_(path) {}

  void refresh(const std::string& session) {
    bare_.step(begin_);
    bare_.step(swap_, {session});
    bare_.step(user_, {session});
    bare_.step(commit_);
  }
  void sign_up(const std::string& id) {
    const std::string hash = passwords_.hash(Password);
    bare_.step(begin_);
    bare_.step(tally_, {"address"});
    bare_.step(tally_, {"everyone"});
    bare_.step(insert_user_, {id, id + "@example.com"});
    bare_.step(insert_password_, {id, hash});
    bare_.step(insert_audit_, {id});
    bare_.step(insert_event_, {id});
    bare_.step(commit_);
  }
  /// Of users who do nothing.
  void fill(std::size_t users) {
    bare_.step(begin_);
    for (std::size_t i = 0; i < users; ++i) {
      const std::string id = "filler-" + std::to_string(i);
      bare_.step(insert_user_, {id, id + "@example.com"});
      bare_.step(insert_password_, {id, "none"});
    }
    bare_.step(commit_);
  }

 private:
  Bare bare_;
  const auth::Passwords passwords_{{.memory = auth::LeastMemory, .passes = 1, .lanes = 1}};
  const std::size_t begin_ = bare_.prepare("BEGIN IMMEDIATE");
  const std::size_t commit_ = bare_.prepare("COMMIT");
  const std::size_t swap_ = bare_.prepare(
      "UPDATE auth_sessions SET refresh_counter = refresh_counter, last_rotated_at = "
      "last_rotated_at + 1, last_seen_at = last_seen_at + 1, idle_expires_at = idle_expires_at + 1 "
      "WHERE id = ?1 AND revoked_at IS NULL RETURNING *");
  const std::size_t user_ = bare_.prepare(
      "SELECT * FROM auth_users WHERE id = (SELECT user_id FROM auth_sessions WHERE id = ?1)");
  const std::size_t tally_ = bare_.prepare(
      "INSERT INTO auth_login_throttle VALUES (CAST(?1 AS BLOB), 1, 1, 1) ON CONFLICT (digest) DO "
      "UPDATE SET failures = failures + 1");
  const std::size_t insert_user_ = bare_.prepare(
      "INSERT INTO auth_users (id, email, email_norm, status, created_at, updated_at) VALUES (?1, "
      "?2, ?2, 'active', 1, 1) ON CONFLICT DO NOTHING");
  const std::size_t insert_password_ = bare_.prepare(
      "INSERT INTO auth_credentials (id, user_id, kind, secret, created_at, updated_at) VALUES "
      "(?1, ?1, 'password', ?2, 1, 1)");
  const std::size_t insert_audit_ = bare_.prepare(
      "INSERT INTO auth_audit_log (id, at, actor_type, actor_id, action, outcome, pii_digest) "
      "VALUES (?1, 1, 'user', ?1, 'signup', 'success', zeroblob(32))");
  const std::size_t insert_event_ = bare_.prepare(
      "INSERT INTO portico_outbox (id, source, event, key, payload, created_at, available_at, "
      "attempts) VALUES (?1, 'auth', 'auth.user_created', ?1, '{}', 1, 1, 0)");
};

}  // namespace

int main(int argc, char** argv) {
  const auto number = [&](int at, std::size_t otherwise) {
    return argc > at ? std::strtoul(argv[at], nullptr, 10) : otherwise;
  };
  if (argc < 2) return 64;
  const std::string path = std::string(argv[1]) + "/accounts.db";
  const std::size_t operations = number(2, 300);
  const std::size_t rounds = number(3, 9);
  Site site("sqlite:" + path, CheapHashes);
  SameStatements bare(path);
  bare.fill(number(4, 1000));
  site.sign_up("ada@example.com");
  Login login = site.log_in("ada@example.com");

  Rates refreshes;
  Rates sign_ups;
  for (std::size_t round = 0; round < rounds; ++round) {
    const std::string stem = "u" + std::to_string(round) + "-";
    const auto rate = [](std::size_t times, auto work) { return pace_of(times, work).per_second; };
    refreshes.ours.push_back(rate(operations, [&](std::size_t) { site.refresh(login); }));
    refreshes.bare.push_back(rate(operations, [&](std::size_t) { bare.refresh(login.session); }));
    sign_ups.ours.push_back(rate(operations / 4, [&](std::size_t i) {
      site.sign_up(stem + std::to_string(i) + "@example.com");
    }));
    sign_ups.bare.push_back(
        rate(operations / 4, [&](std::size_t i) { bare.sign_up("b" + stem + std::to_string(i)); }));
  }
  refreshes.print("refresh");
  sign_ups.print("sign-up");
  return 0;
}

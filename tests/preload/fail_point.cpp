// SPDX-License-Identifier: Apache-2.0
// Preloaded into a gateway, it kills it (SIGKILL) at a point of its work with a database:
//
//   FAIL_AT=statement         before a statement whose text has FAIL_TEXT in it
//   FAIL_AT=commit            before the commit of a transaction that had one
//   FAIL_AT=committed         behind that commit
//
// at the FAIL_COUNT-th time. The product knows nothing of it.
#include <atomic>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include <dlfcn.h>
#include <libpq-fe.h>
#include <sqlite3.h>
#include <unistd.h>

namespace {

std::string_view environment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? std::string_view() : value;
}

class FailPoint {
 public:
  /// Before a statement is executed.
  void begins(std::string_view text) {
    if (at_.empty()) return;
    if (text.starts_with("COMMIT")) {
      if (armed_ && at_ == "commit") strike();
      return;
    }
    if (text.find(text_) == std::string_view::npos) return;
    if (at_ == "statement") strike();
    armed_ = true;
  }
  void ended(std::string_view text) {
    if (at_.empty() || !armed_ || !text.starts_with("COMMIT")) return;
    armed_ = false;
    if (at_ == "committed") strike();
  }

 private:
  void strike() {
    armed_ = false;
    if (++count_ == std::atoi(std::string(environment("FAIL_COUNT")).c_str())) {
      ::kill(::getpid(), SIGKILL);
    }
  }

  const std::string at_{environment("FAIL_AT")};
  const std::string text_{environment("FAIL_TEXT")};
  static thread_local bool armed_;
  std::atomic<int> count_{0};
};
thread_local bool FailPoint::armed_ = false;

FailPoint& point() {
  static FailPoint the_one;
  return the_one;
}

template <class Function>
Function* real(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

/// What was prepared, by its name: each session has the same names for the same texts.
class Prepared {
 public:
  void add(const PGconn* connection, const char* name, const char* text) {
    const std::lock_guard lock(mutex_);
    texts_[key(connection, name)] = text;
  }
  std::string find(const PGconn* connection, const char* name) {
    const std::lock_guard lock(mutex_);
    return texts_[key(connection, name)];
  }

 private:
  static std::string key(const PGconn* connection, const char* name) {
    return std::to_string(reinterpret_cast<std::uintptr_t>(connection)) + name;
  }

  std::mutex mutex_;
  std::unordered_map<std::string, std::string> texts_;
};

Prepared& prepared() {
  static Prepared the_one;
  return the_one;
}

}  // namespace

extern "C" {

int sqlite3_step(sqlite3_stmt* statement) {
  static auto* const step = real<int(sqlite3_stmt*)>("sqlite3_step");
  const char* const text = ::sqlite3_sql(statement);
  const std::string_view seen = text == nullptr ? std::string_view() : text;
  point().begins(seen);
  const int result = step(statement);
  point().ended(seen);
  return result;
}

PGresult* PQprepare(PGconn* connection, const char* name, const char* query, int count,
                    const Oid* types) {
  static auto* const prepare =
      real<PGresult*(PGconn*, const char*, const char*, int, const Oid*)>("PQprepare");
  prepared().add(connection, name, query);
  return prepare(connection, name, query, count, types);
}

PGresult* PQexecPrepared(PGconn* connection, const char* name, int count, const char* const* values,
                         const int* lengths, const int* formats, int format) {
  static auto* const execute =
      real<PGresult*(PGconn*, const char*, int, const char* const*, const int*, const int*, int)>(
          "PQexecPrepared");
  point().begins(prepared().find(connection, name));
  return execute(connection, name, count, values, lengths, formats, format);
}

PGresult* PQexec(PGconn* connection, const char* query) {
  static auto* const execute = real<PGresult*(PGconn*, const char*)>("PQexec");
  point().begins(query);
  PGresult* const result = execute(connection, query);
  point().ended(query);
  return result;
}

}  // extern "C"

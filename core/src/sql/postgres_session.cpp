// SPDX-License-Identifier: Apache-2.0
#include "sql/postgres_session.h"

#include "sql/rows.h"
#include "sql/sqlstate.h"
#include "sql/statement_check.h"

#include <charconv>
#include <deque>
#include <new>
#include <utility>
#include <vector>

#include <libpq-fe.h>

namespace portico::sql {
namespace {

using Kind = SqlError::Kind;

/// The number of the type BYTEA, which is the same in every PostgreSQL.
constexpr Oid Bytea = 17;

/// Values in the form of libpq: numbers and texts as texts, which end with a NUL, blobs as they
/// are.
class Parameters {
 public:
  explicit Parameters(SqlValues values) {
    for (const SqlValue& value : values) add(value);
  }
  [[nodiscard]] int count() const noexcept { return static_cast<int>(texts_.size()); }
  [[nodiscard]] const char* const* texts() const noexcept { return texts_.data(); }
  [[nodiscard]] const int* lengths() const noexcept { return lengths_.data(); }
  [[nodiscard]] const int* formats() const noexcept { return formats_.data(); }

 private:
  void add(const SqlValue& value) {
    const char* text = nullptr;
    switch (value.kind) {
      case SqlValue::Kind::Nothing: break;
      case SqlValue::Kind::Integer:
        text = kept_.emplace_back(std::to_string(value.integer)).c_str();
        break;
      case SqlValue::Kind::Text: text = kept_.emplace_back(value.bytes).c_str(); break;
      case SqlValue::Kind::Blob:
        // A null pointer would be a null.
        text = value.bytes.empty() ? "" : value.bytes.data();
        break;
    }
    texts_.push_back(text);
    lengths_.push_back(static_cast<int>(value.bytes.size()));
    formats_.push_back(value.kind == SqlValue::Kind::Blob ? 1 : 0);
  }

  std::deque<std::string> kept_;
  std::vector<const char*> texts_;
  std::vector<int> lengths_;
  std::vector<int> formats_;
};

void add_blob(detail::RowsState& rows, const char* written) {
  struct Free {
    void operator()(unsigned char* memory) const noexcept { ::PQfreemem(memory); }
  };
  std::size_t size = 0;
  const std::unique_ptr<unsigned char, Free> bytes(
      ::PQunescapeBytea(reinterpret_cast<const unsigned char*>(written), &size));
  if (!bytes) throw std::bad_alloc();
  rows.add({reinterpret_cast<const char*>(bytes.get()), size});
}

[[nodiscard]] std::unique_ptr<detail::RowsState> rows_of(const PGresult* result,
                                                         std::string_view statement) {
  auto rows = std::make_unique<detail::RowsState>();
  rows->statement = statement;
  rows->columns = static_cast<std::size_t>(::PQnfields(result));
  for (int row = 0; row < ::PQntuples(result); ++row) {
    for (int column = 0; column < ::PQnfields(result); ++column) {
      const char* const value = ::PQgetvalue(result, row, column);
      if (::PQgetisnull(result, row, column) != 0) {
        rows->add_null();
      } else if (::PQftype(result, column) == Bytea) {
        add_blob(*rows, value);
      } else {
        rows->add({value, static_cast<std::size_t>(::PQgetlength(result, row, column))});
      }
    }
  }
  rows->finish();
  return rows;
}

[[nodiscard]] std::uint64_t changed_by(PGresult* result) {
  const std::string_view digits = ::PQcmdTuples(result);
  std::uint64_t count = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), count);
  return count;
}

[[nodiscard]] std::string_view field(const PGresult* result, int code) {
  const char* const text = ::PQresultErrorField(result, code);
  return text == nullptr ? std::string_view() : std::string_view(text);
}

}  // namespace

void PostgresSession::ClearResult::operator()(pg_result* result) const noexcept {
  ::PQclear(result);
}

PostgresSession::PostgresSession(const Place& place, const Timing& timing, Use use)
    : connection_(connect(place, timing.connect)) {
  // libpq prints them to stderr.
  ::PQsetNoticeProcessor(
      connection_.get(), [](void*, const char*) {}, nullptr);
  settle(timing, use);
}

void PostgresSession::settle(const Timing& timing, Use use) {
  // A plan is kept: the one that was made for an empty table reads all of it when it has grown. So
  // an index is used wherever there is one; and what has none is not worth a compiler.
  std::string text = "SET enable_seqscan = off; SET jit = off; SET statement_timeout = " +
                     std::to_string(timing.statement.count());
  if (use == Use::Read) text += "; SET default_transaction_read_only = on";
  say(text.c_str());
}

PostgresSession::Answer PostgresSession::checked(pg_result* result, std::string_view statement) {
  Answer answer(result);
  const ExecStatusType status = ::PQresultStatus(result);
  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return answer;
  const std::string_view state = field(result, PG_DIAG_SQLSTATE);
  // Without one it was libpq that could not go on, whatever it says of the connection yet.
  if (state.empty() || ::PQstatus(connection_.get()) != CONNECTION_OK) {
    sound_ = false;
    throw SqlError(Kind::Unavailable, statement, "the connection was lost");
  }
  const Kind kind = kind_of_sqlstate(state);
  // 0A000 and 26000: what was prepared does not fit any more, for somebody changed a table or is
  // between us and the server. 25006: this was the main one, perhaps, and is a replica now.
  const bool stale = state == "0A000" || state == "26000" || state == "25006";
  if (kind == Kind::Unavailable || stale) sound_ = false;
  throw SqlError(kind, statement, sentence_of(state, field(result, PG_DIAG_MESSAGE_PRIMARY)));
}

PostgresSession::Answer PostgresSession::say(const char* text) {
  return checked(::PQexec(connection_.get(), text), {});
}

const PostgresSession::Prepared& PostgresSession::prepared(const Statement& statement) {
  if (const Prepared* const known = statements_.find(statement.text)) return *known;
  const std::size_t count = checked_count(statement);
  if (statements_.full()) {
    say("DEALLOCATE ALL");
    statements_.clear();
  }
  const std::string text(statement.text);
  std::string name = "p" + std::to_string(++names_);
  (void)checked(::PQprepare(connection_.get(), name.c_str(), text.c_str(), 0, nullptr),
                statement.name);
  return statements_.add(statement.text, {std::move(name), count});
}

PostgresSession::Answer PostgresSession::execute(const Prepared& prepared,
                                                 const Statement& statement, SqlValues values) {
  const Parameters parameters(values);
  return checked(
      ::PQexecPrepared(connection_.get(), prepared.name.c_str(), parameters.count(),
                       parameters.texts(), parameters.lengths(), parameters.formats(), 0),
      statement.name);
}

Session::Outcome PostgresSession::run(const Statement& statement, SqlValues values) {
  const Prepared& ready = prepared(statement);
  check_values(statement, ready.count, values);
  const Answer answer = execute(ready, statement, values);
  return {Rows(rows_of(answer.get(), statement.name).release()), changed_by(answer.get())};
}

void PostgresSession::begin() { say("BEGIN ISOLATION LEVEL SERIALIZABLE"); }

void PostgresSession::commit() {
  const Answer answer = say("COMMIT");
  // That of a transaction which failed succeeds, and is a rollback.
  if (std::string_view(::PQcmdStatus(answer.get())) != "COMMIT") {
    throw SqlError(Kind::Refused, {}, "the transaction had failed before");
  }
}

void PostgresSession::roll_back() noexcept {
  try {
    if (::PQtransactionStatus(connection_.get()) != PQTRANS_IDLE) say("ROLLBACK");
  } catch (...) {
    sound_ = false;
  }
}

bool PostgresSession::answers() noexcept {
  try {
    say("SELECT 1");
    return true;
  } catch (...) {
    return false;
  }
}

bool PostgresSession::sound() const noexcept {
  return sound_ && ::PQstatus(connection_.get()) == CONNECTION_OK;
}

}  // namespace portico::sql

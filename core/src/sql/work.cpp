// SPDX-License-Identifier: Apache-2.0
#include "sql/work.h"

#include <utility>

namespace portico {

sql::Session::Outcome sql::Work::run(const Statement& statement, SqlValues values) {
  if (error_) throw SqlError(*error_);
  const auto begin = std::chrono::steady_clock::now();
  const auto took = [begin] { return std::chrono::steady_clock::now() - begin; };
  try {
    sql::Session::Outcome outcome = session_.run(statement, values);
    witness_.ran(statement.name, took(), nullptr);
    return outcome;
  } catch (const SqlError& error) {
    witness_.ran(statement.name, took(), &error);
    error_.emplace(error);
    throw;
  }
}

Rows Reader::query(const Statement& statement, SqlValues values) {
  return sql::Work::of(*this).run(statement, values).rows;
}

std::uint64_t Transaction::change(const Statement& statement, SqlValues values) {
  return sql::Work::of(*this).run(statement, values).changed;
}

}  // namespace portico

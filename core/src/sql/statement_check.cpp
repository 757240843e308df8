// SPDX-License-Identifier: Apache-2.0
#include "sql/statement_check.h"

#include "base/text.h"
#include "sql/placeholders.h"

#include <stdexcept>
#include <string>
#include <string_view>

namespace portico::sql {
namespace {

/// PostgreSQL keeps nothing else, and SQLite would read it back as something shorter.
bool is_text(std::string_view bytes) noexcept {
  return bytes.find('\0') == std::string_view::npos && !base::find_invalid_utf8(bytes);
}

}  // namespace

std::size_t checked_count(const Statement& statement) {
  const Result<std::size_t> count = count_placeholders(statement.text);
  if (!count) throw std::logic_error(std::string(statement.name) + ": " + count.error());
  return *count;
}

void check_values(const Statement& statement, std::size_t count, SqlValues values) {
  if (values.size() != count) {
    throw std::logic_error(std::string(statement.name) + ": it takes " + std::to_string(count) +
                           " values, not " + std::to_string(values.size()));
  }
  for (std::size_t i = 0; i < count; ++i) {
    if (values[i].kind == SqlValue::Kind::Text && !is_text(values[i].bytes)) {
      throw SqlError(SqlError::Kind::BadText, statement.name,
                     "the text for $" + std::to_string(i + 1) + " holds a NUL or is not UTF-8");
    }
  }
}

}  // namespace portico::sql

// SPDX-License-Identifier: Apache-2.0
// Core's own tables in a test's database.
#pragma once

#include <portico/sql.h>

#include <algorithm>
#include <string>
#include <string_view>

namespace portico::test {

inline std::string replaced(std::string text, std::string_view what, std::string_view by) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at)) {
    text.replace(at, what.size(), by);
    at += by.size();
  }
  return text;
}

/// As the runner of migrations does.
inline void make_tables(Sql& sql, std::string text) {
  if (sql.engine() == Sql::Engine::PostgreSql) {
    text = replaced(std::move(text), "BLOB", "BYTEA");
  } else {
    text = replaced(std::move(text), "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
                    "INTEGER PRIMARY KEY AUTOINCREMENT");
  }
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(';', begin), text.size());
    const std::string statement = text.substr(begin, end - begin);
    begin = end + 1;
    if (statement.find_first_not_of(" \n") == std::string::npos) continue;
    sql.write([&](Transaction& db) { db.change({"t.make", statement}); });
  }
}

}  // namespace portico::test

// SPDX-License-Identifier: Apache-2.0
// Templates of one's own: each wording is a version, and none is ever changed. Within somebody's
// transaction. The epoch rises with each change, so that who keeps them in memory finds out.
#pragma once

#include "shared/time.h"
#include <portico/sql.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portico::notify {

struct TemplateRow {
  std::string key;
  std::string locale;
  std::int64_t version = 0;
  std::string subject;
  std::string text;
  std::string html;
  bool removed = false;
  std::optional<std::string> created_by;
  Time created{0};
};

namespace templates_table {

[[nodiscard]] std::int64_t epoch(Reader& db);
/// The newest wording of every key in every locale; those that were removed are left out.
[[nodiscard]] std::vector<TemplateRow> newest(Reader& db);
[[nodiscard]] std::optional<TemplateRow> newest(Reader& db, std::string_view key,
                                                std::string_view locale);
[[nodiscard]] std::optional<TemplateRow> find(Reader& db, std::string_view key,
                                              std::string_view locale, std::int64_t version);
/// The newest first.
[[nodiscard]] std::vector<TemplateRow> versions(Reader& db, std::string_view key);
/// As the version behind the newest; returns that.
std::int64_t add(Transaction& db, const TemplateRow& row);

}  // namespace templates_table
}  // namespace portico::notify

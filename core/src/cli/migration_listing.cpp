// SPDX-License-Identifier: Apache-2.0
#include "cli/migration_listing.h"

#include "base/json_writer.h"
#include "services/log/time_text.h"
#include "sql/migration_text.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <tuple>

namespace portico::cli {
namespace {

using Listed = std::vector<ListedMigration>;

constexpr std::size_t Columns = 6;
using Cells = std::array<std::string, Columns>;

[[nodiscard]] std::string time_of(std::chrono::microseconds unix_time) {
  if (unix_time.count() == 0) return {};
  std::array<char, 40> space{};
  services::Line line(space);
  services::TimeText().put_rfc3339(line, unix_time);
  return std::string(line.text());
}

[[nodiscard]] Cells cells_of(const ListedMigration& each) {
  return {each.database,           each.plugin,          std::to_string(each.number), each.name,
          std::string(each.state), time_of(each.applied)};
}

/// The row of what a plugin has, by what the database has of it.
[[nodiscard]] ListedMigration listed(const std::string& database, const std::string& owner,
                                     const Migration& step,
                                     const std::vector<sql::AppliedStep>& applied) {
  ListedMigration row{database, owner, step.number, std::string(step.name), "pending"};
  for (const sql::AppliedStep& each : applied) {
    if (each.owner != owner || each.number != step.number) continue;
    row.state = each.checksum == sql::checksum_of(step) ? "applied" : "changed";
    row.applied = each.at;
  }
  return row;
}

}  // namespace

Listed list_migrations(const plugin::DatabaseSteps& database,
                       const std::vector<sql::AppliedStep>& applied) {
  Listed rows;
  for (const sql::OwnedSteps& owned : database.owners) {
    for (const Migration& step : owned.steps) {
      rows.push_back(listed(database.store->name, owned.owner, step, applied));
    }
  }
  for (const sql::AppliedStep& each : applied) {
    const bool known = std::ranges::any_of(rows, [&](const ListedMigration& row) {
      return row.plugin == each.owner && row.number == each.number;
    });
    if (known) continue;
    rows.push_back({database.store->name, each.owner, each.number, each.name, "unknown", each.at});
  }
  std::ranges::stable_sort(rows, {}, [](const ListedMigration& row) {
    return std::tuple(std::string_view(row.plugin), row.number);
  });
  return rows;
}

void print_migrations(const Listed& all, Terminal& out) {
  std::vector<Cells> rows{{"database", "plugin", "number", "name", "state", "applied"}};
  for (const ListedMigration& each : all) rows.push_back(cells_of(each));
  std::array<std::size_t, Columns> widths{};
  for (const Cells& row : rows) {
    for (std::size_t i = 0; i < Columns; ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  for (const Cells& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < Columns; ++i) {
      line += row[i] + std::string(widths[i] - row[i].size() + 2, ' ');
    }
    line.resize(line.find_last_not_of(' ') + 1);
    out.line(line, &row == rows.data() ? Style::Bold : Style::Plain);
  }
}

std::string migrations_json(const Listed& all) {
  std::string text;
  base::JsonWriter json(text, base::JsonWriter::Layout::Indented);
  json.begin_array();
  for (const ListedMigration& each : all) {
    json.begin_object().member("database", std::string_view(each.database));
    json.member("plugin", std::string_view(each.plugin)).member("number", each.number);
    json.member("name", std::string_view(each.name)).member("state", each.state);
    json.key("applied_at");
    if (each.applied.count() == 0) {
      json.null();
    } else {
      json.value(std::string_view(time_of(each.applied)));
    }
    json.end_object();
  }
  json.end_array();
  return text;
}

}  // namespace portico::cli

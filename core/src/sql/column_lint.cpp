// SPDX-License-Identifier: Apache-2.0
#include "sql/column_lint.h"

#include "base/text.h"
#include "sql/migration_text.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace portico::sql {
namespace {

constexpr std::string_view Instant = "write BIGINT, microseconds since 1970";
constexpr std::string_view Flag = "write SMALLINT, which is 0 or 1";
constexpr std::string_view Text = "write TEXT";
constexpr std::string_view Whole = "write BIGINT";
constexpr std::string_view Amount = "write BIGINT, in the smallest unit";
constexpr std::string_view Counting = "write BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY";
constexpr std::string_view AnyType = "write BIGINT, SMALLINT, TEXT or BLOB";

struct Instead {
  std::string_view type;
  std::string_view remedy;
};

constexpr std::array<std::string_view, 4> Types{"BIGINT", "SMALLINT", "TEXT", "BLOB"};

constexpr std::array<Instead, 34> OtherTypes{{
    {"INT", Whole},
    {"INTEGER", Whole},
    {"INT2", Whole},
    {"INT4", Whole},
    {"INT8", Whole},
    {"TINYINT", Flag},
    {"BOOLEAN", Flag},
    {"BOOL", Flag},
    {"BIT", Flag},
    {"TIMESTAMP", Instant},
    {"TIMESTAMPTZ", Instant},
    {"DATETIME", Instant},
    {"DATE", Instant},
    {"TIME", Instant},
    {"INTERVAL", "write BIGINT, microseconds"},
    {"JSON", Text},
    {"JSONB", Text},
    {"XML", Text},
    {"UUID", Text},
    {"VARCHAR", Text},
    {"CHAR", Text},
    {"CHARACTER", Text},
    {"NVARCHAR", Text},
    {"CLOB", Text},
    {"CITEXT", Text},
    {"INET", Text},
    {"REAL", Amount},
    {"DOUBLE", Amount},
    {"FLOAT", Amount},
    {"NUMERIC", Amount},
    {"DECIMAL", Amount},
    {"SERIAL", Counting},
    {"BIGSERIAL", Counting},
    {"BYTEA", "write BLOB, which is BYTEA on PostgreSQL"},
}};

/// What may follow a type.
constexpr std::array<std::string_view, 7> Constraints{"NOT",   "NULL",    "PRIMARY",   "UNIQUE",
                                                      "CHECK", "DEFAULT", "REFERENCES"};

/// Words that SQLite takes for a name, and PostgreSQL does not.
constexpr std::array<std::string_view, 14> KeptByPostgres{
    "USER", "ANY",  "ARRAY", "BOTH",    "GRANT",    "LEADING", "OFFSET",
    "ONLY", "SOME", "FETCH", "LATERAL", "TRAILING", "WINDOW",  "FOR"};

template <class Words>
[[nodiscard]] bool one_of(const Token& token, const Words& words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return token.is(word); });
}

[[nodiscard]] Fault fault_of_type(const std::string& column, const Token& type) {
  const auto known =
      std::ranges::find_if(OtherTypes, [&](const Instead& each) { return type.is(each.type); });
  return {"the column " + column + " is " + base::shorten(type.text, 40),
          std::string(known == OtherTypes.end() ? AnyType : known->remedy)};
}

}  // namespace

std::optional<Fault> fault_of_name(const Token& name) {
  if (name.is("BLOB")) {
    return Fault{"the name " + std::string(name.text) + " is that of a type",
                 "call it another way"};
  }
  if (one_of(name, KeptByPostgres)) {
    return Fault{"PostgreSQL keeps the name " + std::string(name.text) + " for itself",
                 "call it another way"};
  }
  return std::nullopt;
}

std::optional<Fault> fault_of_column(std::span<const Token> tokens) {
  if (tokens.empty() || !tokens[0].name()) {
    return Fault{"a column has no name", "write its name and its type"};
  }
  if (auto fault = fault_of_name(tokens[0])) return fault;
  const std::string name(tokens[0].text);
  if (tokens.size() == 1 || one_of(tokens[1], Constraints)) {
    return Fault{"the column " + name + " has no type", std::string(AnyType)};
  }
  if (!one_of(tokens[1], Types)) return fault_of_type(name, tokens[1]);
  const std::span<const Token> rest = tokens.subspan(2);
  if (std::ranges::any_of(rest, [](const Token& each) { return each.is("GENERATED"); })) {
    if (identity_length(tokens.subspan(1)) != 0) return std::nullopt;
    return Fault{"the column " + name + " is generated in another way than both engines know",
                 std::string(Counting) + ", in this order"};
  }
  if (!rest.empty() && !one_of(rest[0], Constraints)) {
    return Fault{"the type of the column " + name + " goes on with " + std::string(rest[0].text),
                 "write " + std::string(tokens[1].text) + " alone"};
  }
  return std::nullopt;
}

}  // namespace portico::sql

// SPDX-License-Identifier: Apache-2.0
#include "sql/statement_lint.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace portico::sql {
namespace {

using Tokens = std::span<const Token>;

constexpr std::string_view Known =
    "a migration has CREATE, ALTER and DROP of tables, indexes and views, INSERT, UPDATE and "
    "DELETE";

/// Words that do not mean the same to both engines wherever they stand in what makes or changes a
/// table or an index.
struct Avoided {
  std::string_view word;
  std::string_view remedy;
};
constexpr std::string_view GivenByThePlugin =
    "leave it out; whoever inserts says the time, BIGINT, microseconds since 1970";
constexpr std::array<Avoided, 13> AvoidedWords{{
    {"AUTOINCREMENT", "write BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"},
    {"CURRENT_TIMESTAMP", GivenByThePlugin},
    {"CURRENT_DATE", GivenByThePlugin},
    {"CURRENT_TIME", GivenByThePlugin},
    {"NOW", GivenByThePlugin},
    {"TRUE", "write 1"},
    {"FALSE", "write 0"},
    {"COLLATE", "leave it out"},
    {"CONCURRENTLY", "leave it out; each step is a transaction"},
    {"USING", "leave it out"},
    {"INHERITS", "leave it out"},
    {"ROWID", "name a column of the table"},
    {"CASCADED", "leave it out"},
}};

/// Goes through a statement from left to right.
class Cursor {
 public:
  explicit Cursor(Tokens tokens) : rest_(tokens) {}

  /// Takes these words when they come next.
  bool take(std::initializer_list<std::string_view> words) {
    const bool here = rest_.size() >= words.size() &&
                      std::ranges::equal(
                          rest_.first(words.size()), words,
                          [](const Token& token, std::string_view word) { return token.is(word); });
    if (here) rest_ = rest_.subspan(words.size());
    return here;
  }
  /// Nothing at the end, and where no name comes next.
  const Token* name() {
    if (rest_.empty() || !rest_[0].name()) return nullptr;
    const Token* const found = rest_.data();
    rest_ = rest_.subspan(1);
    return found;
  }
  [[nodiscard]] Tokens rest() const noexcept { return rest_; }

 private:
  Tokens rest_;
};

[[nodiscard]] std::string quoted(const Token& token) { return std::string(token.text); }

[[nodiscard]] std::optional<Fault> fault_of_words(Tokens tokens) {
  for (const Token& token : tokens) {
    for (const auto& [word, remedy] : AvoidedWords) {
      if (token.is(word)) {
        return Fault{quoted(token) + " does not mean the same to both engines",
                     std::string(remedy)};
      }
    }
  }
  return std::nullopt;
}

/// The pieces between the commas of a list that begins with its parenthesis, and how many tokens
/// the list has. None when it is not closed.
struct List {
  std::vector<Tokens> pieces;
  std::size_t length = 0;
};
[[nodiscard]] std::optional<List> list_of(Tokens tokens) {
  List list;
  std::size_t depth = 0;
  std::size_t begin = 1;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].is("(")) ++depth;
    if (tokens[i].is(")")) --depth;
    const bool end = depth == 0;
    if (end || (depth == 1 && tokens[i].is(","))) {
      list.pieces.push_back(tokens.subspan(begin, i - begin));
      begin = i + 1;
    }
    if (end) {
      list.length = i + 1;
      return list;
    }
  }
  return std::nullopt;
}

[[nodiscard]] bool constrains_table(Tokens piece) {
  constexpr std::array<std::string_view, 5> Words{"CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK",
                                                  "FOREIGN"};
  return !piece.empty() &&
         std::ranges::any_of(Words, [&](std::string_view word) { return piece[0].is(word); });
}

[[nodiscard]] std::optional<Fault> fault_of_create_table(Cursor at) {
  (void)at.take({"IF", "NOT", "EXISTS"});
  const Token* const name = at.name();
  if (name == nullptr) return Fault{"a table has no name", "write one"};
  if (auto fault = fault_of_name(*name)) return fault;
  if (at.rest().empty() || !at.rest()[0].is("(")) {
    return Fault{"the table " + quoted(*name) + " has no list of columns",
                 "write its columns in parentheses behind its name, which has no schema"};
  }
  const auto list = list_of(at.rest());
  if (!list) return Fault{"the table " + quoted(*name) + " has a ( that is not closed", "close it"};
  for (const Tokens piece : list->pieces) {
    if (constrains_table(piece)) continue;
    if (auto fault = fault_of_column(piece)) {
      fault->what = "in the table " + quoted(*name) + ", " + fault->what;
      return fault;
    }
  }
  const Tokens rest = at.rest().subspan(list->length);
  if (rest.empty()) return std::nullopt;
  return Fault{"the table " + quoted(*name) + " goes on with " + quoted(rest[0]),
               "end it with its columns: STRICT, WITHOUT ROWID and the like are not for both "
               "engines"};
}

[[nodiscard]] std::optional<Fault> fault_of_alter_table(Cursor at) {
  const Token* const name = at.name();
  if (name == nullptr || name->is("IF") || name->is("ONLY")) {
    return Fault{"ALTER TABLE does not go on with the name of a table", "write it"};
  }
  const Tokens all = at.rest();
  const auto comma = std::ranges::find_if(all, [depth = 0](const Token& token) mutable {
    if (token.is("(")) ++depth;
    if (token.is(")")) --depth;
    return depth == 0 && token.is(",");
  });
  if (comma != all.end()) {
    return Fault{"SQLite knows one change for each ALTER TABLE", "write several"};
  }
  if (at.take({"RENAME"}) || at.take({"DROP", "COLUMN"})) {
    if (!at.take({"IF"})) return std::nullopt;
    return Fault{"SQLite knows no DROP COLUMN IF EXISTS", "leave IF EXISTS out"};
  }
  if (at.take({"ADD", "COLUMN"})) {
    if (at.take({"IF"})) {
      return Fault{"SQLite knows no ADD COLUMN IF NOT EXISTS", "leave IF NOT EXISTS out"};
    }
    auto fault = fault_of_column(at.rest());
    if (fault) fault->what = "in the table " + quoted(*name) + ", " + fault->what;
    return fault;
  }
  return Fault{"SQLite knows ADD COLUMN, DROP COLUMN and RENAME of ALTER TABLE, and no more",
               "add a column and fill it, or make a new table"};
}

[[nodiscard]] std::optional<Fault> fault_of_drop(Tokens tokens) {
  for (const Token& token : tokens) {
    if (token.is("CASCADE") || token.is("RESTRICT")) {
      return Fault{"SQLite knows no " + quoted(token) + " of DROP",
                   "leave it out, and drop first what refers to it"};
    }
  }
  return std::nullopt;
}

[[nodiscard]] std::optional<Fault> fault_of_head(Tokens tokens) {
  constexpr std::array<std::string_view, 6> Transactions{"BEGIN",     "COMMIT",  "ROLLBACK",
                                                         "SAVEPOINT", "RELEASE", "START"};
  const Token& head = tokens[0];
  std::string words = quoted(head);
  if (tokens.size() > 1 && tokens[1].name()) words += " " + quoted(tokens[1]);
  const bool transaction =
      std::ranges::any_of(Transactions, [&](std::string_view word) { return head.is(word); });
  return Fault{"a statement begins with " + words,
               transaction ? "leave it out; each step is a transaction" : std::string(Known)};
}

}  // namespace

std::optional<Fault> fault_of_statement(Tokens tokens) {
  Cursor at(tokens);
  if (at.take({"INSERT", "INTO"}) || at.take({"UPDATE"}) || at.take({"DELETE", "FROM"})) {
    return std::nullopt;
  }
  if (at.take({"DROP", "TABLE"}) || at.take({"DROP", "INDEX"}) || at.take({"DROP", "VIEW"})) {
    return fault_of_drop(at.rest());
  }
  if (at.take({"CREATE", "TABLE"})) {
    if (auto fault = fault_of_create_table(at)) return fault;
    return fault_of_words(tokens);
  }
  if (at.take({"ALTER", "TABLE"})) {
    if (auto fault = fault_of_alter_table(at)) return fault;
    return fault_of_words(tokens);
  }
  if (at.take({"CREATE", "INDEX"}) || at.take({"CREATE", "UNIQUE", "INDEX"})) {
    return fault_of_words(tokens);
  }
  if (at.take({"CREATE", "VIEW"})) return std::nullopt;
  return fault_of_head(tokens);
}

}  // namespace portico::sql

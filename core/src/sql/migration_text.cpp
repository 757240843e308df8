// SPDX-License-Identifier: Apache-2.0
#include "sql/migration_text.h"

#include "base/sha256.h"

#include <algorithm>
#include <array>

namespace portico::sql {
namespace {

constexpr std::array<std::string_view, 7> Identity{"BIGINT",   "GENERATED", "ALWAYS", "AS",
                                                   "IDENTITY", "PRIMARY",   "KEY"};
/// The only words by which a SQLite gives each row a number that was never given before.
constexpr std::string_view IdentityOfSqlite = "INTEGER PRIMARY KEY AUTOINCREMENT";

/// What stands for the first of `tokens`, and for how many of them.
struct Replacement {
  std::string_view text;
  std::size_t tokens = 1;
};

[[nodiscard]] Replacement replacement(Engine engine, std::span<const Token> tokens) {
  if (engine == Engine::PostgreSql) {
    return {tokens.front().is("BLOB") ? std::string_view("BYTEA") : tokens.front().text};
  }
  const std::size_t identity = identity_length(tokens);
  if (identity != 0) return {IdentityOfSqlite, identity};
  return {tokens.front().text};
}

[[nodiscard]] std::string written_for(Engine engine, std::span<const Token> tokens) {
  std::string statement;
  const char* end = tokens.front().text.data();
  while (!tokens.empty()) {
    const auto [text, count] = replacement(engine, tokens);
    const Token& last = tokens[count - 1];
    // Blanks and comments between two tokens are kept: errors show where in the statement.
    statement.append(end, tokens.front().text.data()).append(text);
    end = last.text.data() + last.text.size();
    tokens = tokens.subspan(count);
  }
  return statement;
}

}  // namespace

std::vector<std::span<const Token>> split_statements(std::span<const Token> tokens) {
  std::vector<std::span<const Token>> statements;
  while (!tokens.empty()) {
    const auto end = std::ranges::find_if(tokens, [](const Token& each) { return each.is(";"); });
    const auto count = static_cast<std::size_t>(end - tokens.begin());
    if (count != 0) statements.push_back(tokens.first(count));
    tokens = tokens.subspan(std::min(count + 1, tokens.size()));
  }
  return statements;
}

std::size_t identity_length(std::span<const Token> tokens) noexcept {
  if (tokens.size() < Identity.size()) return 0;
  const bool same =
      std::ranges::equal(tokens.first(Identity.size()), Identity,
                         [](const Token& token, std::string_view word) { return token.is(word); });
  return same ? Identity.size() : 0;
}

Result<std::vector<std::string>> statements_for(Engine engine, std::string_view text) {
  const auto tokens = tokens_of(text);
  if (!tokens) return Error(tokens.error());
  std::vector<std::string> statements;
  for (const auto& each : split_statements(*tokens)) {
    statements.push_back(written_for(engine, each));
  }
  return statements;
}

std::string checksum_of(const Migration& step) {
  return base::sha256(std::as_bytes(std::span(step.up)));
}

}  // namespace portico::sql

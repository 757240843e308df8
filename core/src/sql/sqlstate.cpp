// SPDX-License-Identifier: Apache-2.0
#include "sql/sqlstate.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <utility>

namespace portico::sql {
namespace {

using Kind = SqlError::Kind;

constexpr std::size_t LongestSentence = 300;

constexpr std::array<std::pair<std::string_view, Kind>, 16> Kinds{{
    {"08", Kind::Unavailable},
    {"23502", Kind::NotNullViolation},
    {"23503", Kind::ForeignKeyViolation},
    {"23505", Kind::UniqueViolation},
    {"23514", Kind::CheckViolation},
    {"28", Kind::Unavailable},
    {"3D", Kind::Unavailable},
    {"40001", Kind::Serialisation},
    {"40P01", Kind::Serialisation},
    {"53", Kind::Unavailable},
    {"55P03", Kind::Busy},
    {"57014", Kind::TimedOut},
    {"57P01", Kind::Unavailable},
    {"57P02", Kind::Unavailable},
    {"57P03", Kind::Unavailable},
    {"57P05", Kind::Unavailable},
}};

}  // namespace

Kind kind_of_sqlstate(std::string_view state) noexcept {
  const auto found = std::ranges::find_if(
      Kinds, [state](const auto& each) { return state.starts_with(each.first); });
  return found == Kinds.end() ? Kind::Refused : found->second;
}

std::string sentence_of(std::string_view state, std::string_view message) {
  std::string named = "PostgreSQL says " + std::string(state);
  // Class 42 is of the statement's text; what others say may quote what was handed over.
  if (!state.starts_with("42")) return named;
  return named + ": " + base::escape_control(base::shorten(message, LongestSentence));
}

}  // namespace portico::sql

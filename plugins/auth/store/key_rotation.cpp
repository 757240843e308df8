// SPDX-License-Identifier: Apache-2.0
#include "store/key_rotation.h"

#include <algorithm>
#include <array>

namespace portico::auth {
namespace {

[[nodiscard]] const KeyRow* first_in(std::span<const KeyRow> rows, KeyState state) {
  const auto found = std::ranges::find(rows, state, &KeyRow::state);
  return found == rows.end() ? nullptr : &*found;
}

}  // namespace

std::string_view name_of(KeyState state) noexcept {
  static constexpr std::array<std::string_view, 4> Names{"published", "active", "verify_only",
                                                         "retired"};
  return Names[static_cast<std::size_t>(state)];
}

KeyStep next_step(std::span<const KeyRow> rows, Time now, const KeyTimes& times) {
  KeyStep step;
  const KeyRow* const active = first_in(rows, KeyState::Active);
  const KeyRow* const published = first_in(rows, KeyState::Published);
  if (published != nullptr) {
    // Without an active one nobody can be surprised by it.
    if (active == nullptr || now >= published->not_before) step.activate = published->kid;
  } else if (active == nullptr) {
    step.make = KeyStep::Make::Active;
  } else if (now >= active->not_before + times.rotate - times.publish_ahead) {
    step.make = KeyStep::Make::Published;
  }
  for (const KeyRow& row : rows) {
    const bool due = row.state == KeyState::VerifyOnly && row.retire_at && now >= *row.retire_at;
    if (due) step.retire.push_back(row.kid);
  }
  return step;
}

}  // namespace portico::auth

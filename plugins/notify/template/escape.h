// SPDX-License-Identifier: Apache-2.0
// What a template makes, and so how what it is given is written. Values, any thread.
#pragma once

#include <cstdint>
#include <string_view>

namespace portico::notify {

enum class Escape : std::uint8_t {
  Text,  ///< Plain text of any number of lines.
  Line,  ///< Plain text of one line: a subject.
  Html,
};

/// Of the part of a mail: "text", "subject", "html".
[[nodiscard]] constexpr std::string_view name_of(Escape escape) noexcept {
  if (escape == Escape::Line) return "subject";
  return escape == Escape::Text ? "text" : "html";
}

}  // namespace portico::notify

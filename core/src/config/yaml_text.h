// SPDX-License-Identifier: Apache-2.0
// What is looked at before a YAML parser sees a text: is it text at all? And where in it is what:
// for errors that quote a line.
#pragma once

#include "config/node.h"
#include "config/problems.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace portico::config {

/// The text without the byte order mark that some editors put in front.
[[nodiscard]] std::string_view without_bom(std::string_view text) noexcept;

/// Adds an error and says false when the text is not UTF-8 or holds characters that YAML or an
/// operator cannot see: NUL, controls, carriage returns alone, byte order marks within. One error
/// for a file.
[[nodiscard]] bool check_text(std::string_view text, std::uint32_t file, Problems& problems);

/// The place of a byte, columns counted in bytes.
[[nodiscard]] Mark mark_at(std::string_view text, std::size_t offset, std::uint32_t file) noexcept;
/// A line, counted from 1, without its end; empty past the last.
[[nodiscard]] std::string_view line_at(std::string_view text, std::uint32_t line) noexcept;

}  // namespace portico::config

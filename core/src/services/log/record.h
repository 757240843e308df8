// SPDX-License-Identifier: Apache-2.0
// One log record as one line of text, in memory that the caller lends. Whatever the message holds,
// the line has exactly one line end, no control character and only valid UTF-8; what does not fit
// is cut.
#pragma once

#include "services/log/sink.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace portico::services {

inline constexpr std::size_t MaxRecord = 8192;  ///< With its line end.
inline constexpr std::size_t MaxMessage = 4096;
inline constexpr std::size_t MaxValue = 1024;
inline constexpr std::size_t MaxKey = 64;

enum class Paint : std::uint8_t { Plain, Coloured };

struct Record {
  std::chrono::microseconds time;  ///< Since 1970.
  Level level;
  std::string_view component;
  std::string_view message;
  std::span<const Field> fields;
};

using RecordSpace = std::span<char, MaxRecord>;

/// {"time":"2026-01-31T12:00:00.000000Z","level":"info","component":"core","message":"...","key":"value"}
[[nodiscard]] std::string_view format_json(const Record& record, RecordSpace space) noexcept;
/// 2026-01-31T12:00:00.000000Z info    core: message key=value key="two words"
[[nodiscard]] std::string_view format_text(const Record& record, Paint paint,
                                           RecordSpace space) noexcept;

}  // namespace portico::services

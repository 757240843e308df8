// SPDX-License-Identifier: Apache-2.0
// Text that is put together in a signal's handler: no memory is asked for, and what finds no room
// is left out.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace portico::cli {

class CrashText {
 public:
  CrashText& add(std::string_view text) noexcept;
  CrashText& add(std::uint64_t number) noexcept;
  /// With at least that many digits.
  CrashText& add_padded(std::uint64_t number, std::size_t digits) noexcept;
  CrashText& add_hex(std::uint64_t number) noexcept;  ///< "0x1f"
  void clear() noexcept { size_ = 0; }
  [[nodiscard]] std::string_view text() const noexcept { return {space_.data(), size_}; }

 private:
  std::array<char, 16 * 1024> space_{};
  std::size_t size_ = 0;
};

/// A time of the wall clock in UTC: "2026-11-21 12:00:00", or with other marks between its parts.
struct TimeMarks {
  std::string_view date;
  std::string_view middle;
  std::string_view time;
};
void add_time(CrashText& text, std::int64_t seconds, const TimeMarks& marks) noexcept;

}  // namespace portico::cli

// SPDX-License-Identifier: Apache-2.0
// A permission or a pattern, cut at its colons. Views of a text that somebody else keeps; nothing
// allocates. Any thread.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace portico::rbac {

class Segments {
 public:
  static constexpr std::size_t Least = 2;
  static constexpr std::size_t Most = 4;
  static constexpr std::size_t LongestSegment = 40;
  static constexpr std::string_view One = "*";
  static constexpr std::string_view Rest = "**";

  /// What keeps a text from being a permission, or a pattern.
  enum class Fault : std::uint8_t {
    None,
    NoText,
    TooFew,
    TooMany,
    EmptySegment,
    LongSegment,
    Character,   ///< One that no segment holds.
    Wildcard,    ///< In a permission.
    PartOfOne,   ///< A star beside other characters.
    RestBefore,  ///< A "**" that is not the last segment.
  };
  [[nodiscard]] static Fault permission_fault(std::string_view text) noexcept;
  [[nodiscard]] static Fault pattern_fault(std::string_view text) noexcept;

  /// Empty where the text is none.
  [[nodiscard]] static Segments of_permission(std::string_view text) noexcept;
  [[nodiscard]] static Segments of_pattern(std::string_view text) noexcept;

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
  [[nodiscard]] std::string_view operator[](std::size_t index) const noexcept {
    return parts_[index];
  }
  [[nodiscard]] const std::string_view* begin() const noexcept { return parts_.data(); }
  [[nodiscard]] const std::string_view* end() const noexcept { return begin() + size_; }

  /// Whether a pattern ends in "**".
  [[nodiscard]] bool open() const noexcept { return size_ > 0 && parts_[size_ - 1] == Rest; }
  /// How many segments a permission that this pattern matches has: from `shortest` to `longest`.
  [[nodiscard]] std::size_t shortest() const noexcept { return std::max(size_, Least); }
  [[nodiscard]] std::size_t longest() const noexcept { return open() ? Most : size_; }
  /// The pattern's permissions of that many segments: without "**". Requires that it has such.
  [[nodiscard]] Segments shape(std::size_t size) const noexcept;

  /// Whether this pattern matches that permission; or, of a shape, everything that it stands for.
  [[nodiscard]] bool match(const Segments& asked) const noexcept;

  void add(std::string_view part) noexcept { parts_[size_++] = part; }

 private:
  [[nodiscard]] static Segments cut(std::string_view text) noexcept;

  std::array<std::string_view, Most> parts_{};
  std::size_t size_ = 0;
};

}  // namespace portico::rbac

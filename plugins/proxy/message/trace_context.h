// SPDX-License-Identifier: Apache-2.0
// W3C Trace Context: the trace that a request belongs to, as `traceparent` says it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace portico::proxy {

struct TraceContext {
  static constexpr std::size_t Size = 55;
  using Text = std::array<char, Size>;

  std::array<char, 32> trace{};   ///< Hexadecimal, lower case, not all zeros.
  std::array<char, 16> parent{};  ///< Likewise.
  std::uint8_t flags = 0;

  /// As version 00, the only one that we speak.
  [[nodiscard]] Text text() const noexcept;
};

/// What a traceparent says; nothing where it is malformed. Of a later version the beginning is
/// read, as the specification has it.
[[nodiscard]] std::optional<TraceContext> parse_traceparent(std::string_view text) noexcept;

/// The same trace, seen from here: another parent, of those 64 random bits. Of the flags those stay
/// that version 00 knows: sampled, and random.
[[nodiscard]] TraceContext continued(const TraceContext& received, std::uint64_t random) noexcept;
/// A trace that begins here, sampled: whoever keeps traces decides, and none of them is lost.
[[nodiscard]] TraceContext begun(std::uint64_t high, std::uint64_t low,
                                 std::uint64_t random) noexcept;

/// Numbers that are no secret. For one thread.
class Chance {
 public:
  explicit Chance(std::uint64_t seed) noexcept : state_(seed) {}
  [[nodiscard]] std::uint64_t operator()() noexcept;

 private:
  std::uint64_t state_;
};

}  // namespace portico::proxy

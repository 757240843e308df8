// SPDX-License-Identifier: Apache-2.0
#include "message/trace_context.h"

#include "text.h"

#include <algorithm>
#include <ranges>
#include <span>

namespace portico::proxy {
namespace {

constexpr std::uint8_t Sampled = 1;
constexpr std::uint8_t Random = 2;

/// The specification knows no upper case.
bool is_hex(std::string_view text) noexcept {
  return std::ranges::all_of(
      text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool is_zero(std::string_view text) noexcept {
  return std::ranges::all_of(text, [](char c) { return c == '0'; });
}

/// Sixteen digits. Zero has a meaning of its own, and becomes one.
void write_hex(std::uint64_t number, std::span<char, 16> digits) noexcept {
  constexpr std::string_view Hex = "0123456789abcdef";
  if (number == 0) number = 1;
  for (char& digit : std::views::reverse(digits)) {
    digit = Hex[number & 15];
    number >>= 4;
  }
}

}  // namespace

std::optional<TraceContext> parse_traceparent(std::string_view text) noexcept {
  if (text.size() < TraceContext::Size) return std::nullopt;
  const std::string_view version = text.substr(0, 2);
  const std::string_view trace = text.substr(3, 32);
  const std::string_view parent = text.substr(36, 16);
  const std::string_view flags = text.substr(53, 2);
  if (text[2] != '-' || text[35] != '-' || text[52] != '-') return std::nullopt;
  if (!is_hex(version) || !is_hex(trace) || !is_hex(parent) || !is_hex(flags)) return std::nullopt;
  if (version == "ff" || is_zero(trace) || is_zero(parent)) return std::nullopt;
  const bool longer = text.size() > TraceContext::Size;
  if (longer && (version == "00" || text[TraceContext::Size] != '-')) return std::nullopt;
  TraceContext context;
  std::ranges::copy(trace, context.trace.begin());
  std::ranges::copy(parent, context.parent.begin());
  context.flags = static_cast<std::uint8_t>(hex_value(flags[0]) * 16 + hex_value(flags[1]));
  return context;
}

TraceContext continued(const TraceContext& received, std::uint64_t random) noexcept {
  TraceContext ours = received;
  write_hex(random, ours.parent);
  ours.flags &= Sampled | Random;
  return ours;
}

TraceContext begun(std::uint64_t high, std::uint64_t low, std::uint64_t random) noexcept {
  TraceContext ours;
  write_hex(high, std::span(ours.trace).first<16>());
  write_hex(low, std::span(ours.trace).last<16>());
  write_hex(random, ours.parent);
  ours.flags = Sampled | Random;
  return ours;
}

TraceContext::Text TraceContext::text() const noexcept {
  constexpr std::string_view Hex = "0123456789abcdef";
  Text text;
  text.fill('-');
  text[0] = text[1] = '0';
  std::ranges::copy(trace, text.begin() + 3);
  std::ranges::copy(parent, text.begin() + 36);
  text[53] = Hex[flags >> 4];
  text[54] = Hex[flags & 15];
  return text;
}

/// splitmix64.
std::uint64_t Chance::operator()() noexcept {
  std::uint64_t z = state_ += 0x9e3779b97f4a7c15;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

}  // namespace portico::proxy

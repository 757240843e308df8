// SPDX-License-Identifier: Apache-2.0
// WebSocket frames as a server sends them: one for each message, never masked.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace portico::http::websocket {

enum class Opcode : std::uint8_t { Text = 0x1, Binary = 0x2, Close = 0x8, Ping = 0x9, Pong = 0xA };

/// What stands before the payload.
class FrameHead {
 public:
  FrameHead(Opcode opcode, std::uint64_t payload) noexcept;
  [[nodiscard]] std::string_view bytes() const noexcept { return {bytes_.data(), size_}; }

 private:
  std::array<char, 10> bytes_{};
  std::size_t size_ = 2;
};

/// A control frame, whole: its payload is cut to the 125 bytes that fit.
class ControlFrame {
 public:
  ControlFrame(Opcode opcode, std::string_view payload) noexcept;
  /// Close, with a code and as much of the reason as fits in whole characters.
  ControlFrame(std::uint16_t code, std::string_view reason) noexcept;
  [[nodiscard]] std::string_view bytes() const noexcept { return {bytes_.data(), size_}; }

 private:
  void add(std::string_view payload) noexcept;

  std::array<char, 2 + 125> bytes_{};
  std::size_t size_ = 2;
};

}  // namespace portico::http::websocket

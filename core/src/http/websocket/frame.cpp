// SPDX-License-Identifier: Apache-2.0
#include "http/websocket/frame.h"

#include "base/text.h"

#include <algorithm>

namespace portico::http::websocket {

namespace {

constexpr std::uint8_t Final = 0x80;
constexpr std::size_t MostControlPayload = 125;
constexpr std::uint64_t MostShort = 0xFFFF;

[[nodiscard]] char first_byte(Opcode opcode) noexcept {
  return static_cast<char>(Final | static_cast<std::uint8_t>(opcode));
}

}  // namespace

FrameHead::FrameHead(Opcode opcode, std::uint64_t payload) noexcept {
  bytes_[0] = first_byte(opcode);
  if (payload <= MostControlPayload) {
    bytes_[1] = static_cast<char>(payload);
    return;
  }
  const bool is_short = payload <= MostShort;
  const std::size_t digits = is_short ? 2 : 8;
  bytes_[1] = static_cast<char>(is_short ? 126 : 127);
  for (std::size_t i = 0; i < digits; ++i) {
    bytes_[size_++] = static_cast<char>(payload >> (8 * (digits - 1 - i)));
  }
}

ControlFrame::ControlFrame(Opcode opcode, std::string_view payload) noexcept {
  bytes_[0] = first_byte(opcode);
  add(payload.substr(0, MostControlPayload));
}

ControlFrame::ControlFrame(std::uint16_t code, std::string_view reason) noexcept {
  bytes_[0] = first_byte(Opcode::Close);
  const std::array<char, 2> number{static_cast<char>(code >> 8), static_cast<char>(code)};
  add({number.data(), number.size()});
  reason = reason.substr(0, MostControlPayload - number.size());
  add(reason.substr(0, base::find_invalid_utf8(reason).value_or(reason.size())));
}

void ControlFrame::add(std::string_view payload) noexcept {
  std::copy(payload.begin(), payload.end(), bytes_.data() + size_);
  size_ += payload.size();
  bytes_[1] = static_cast<char>(size_ - 2);
}

}  // namespace portico::http::websocket

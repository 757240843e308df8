// SPDX-License-Identifier: Apache-2.0
#include "throttle/device.h"

#include "jose/base64url.h"

namespace portico::auth::device {
namespace {

constexpr char Version = 1;
constexpr std::size_t NumberSize = 16;
constexpr std::size_t MacSize = 16;

[[nodiscard]] std::span<const std::byte> bytes_of(std::string_view text) noexcept {
  return std::as_bytes(std::span(text));
}

[[nodiscard]] std::string mac_of(KeyBytes key, const Owner& owner, std::string_view number) {
  const Digest mac = hmac(key, Fields()
                                   .text("device")
                                   .text(owner.account)
                                   .number(owner.password_since.count())
                                   .text(number)
                                   .view());
  return {reinterpret_cast<const char*>(mac.data()), MacSize};
}

}  // namespace

std::string write(KeyBytes key, const Owner& owner, std::span<const std::byte, 16> random) {
  const std::string_view number(reinterpret_cast<const char*>(random.data()), random.size());
  std::string bytes(1, Version);
  bytes += number;
  bytes += mac_of(key, owner, number);
  return base64url::encode(bytes);
}

std::optional<std::string> read(KeyBytes key, const Owner& owner, std::string_view cookie) {
  if (base64url::decoded_size(cookie.size()) != 1 + NumberSize + MacSize) return std::nullopt;
  const std::optional<std::string> bytes = base64url::decode(cookie);
  if (!bytes || bytes->front() != Version) return std::nullopt;
  const std::string_view number = std::string_view(*bytes).substr(1, NumberSize);
  const std::string_view shown = std::string_view(*bytes).substr(1 + NumberSize);
  if (!equal(bytes_of(shown), bytes_of(mac_of(key, owner, number)))) return std::nullopt;
  return std::string(number);
}

}  // namespace portico::auth::device

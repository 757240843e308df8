// SPDX-License-Identifier: Apache-2.0
#include "session/refresh_token.h"

#include "jose/base64url.h"

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <utility>

namespace portico::auth {
namespace {

constexpr char Version = 1;
constexpr std::size_t MacSize = 16;
constexpr std::size_t ChecksumSize = 4;
constexpr std::size_t SessionSize = std::tuple_size_v<uuid::Bytes>;
constexpr std::size_t MostCounterSize = 9;  // 63 bits, 7 in each byte.
constexpr std::size_t LeastSize = 1 + SessionSize + 1 + 1 + MacSize + ChecksumSize;
constexpr std::size_t MostSize = LeastSize + MostCounterSize - 1;

[[nodiscard]] std::span<const std::byte> bytes_of(std::string_view text) noexcept {
  return std::as_bytes(std::span(text));
}

[[nodiscard]] std::string_view text_of(std::span<const std::byte> bytes) noexcept {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

void put_counter(std::string& out, std::uint64_t counter) {
  for (; counter >= 0x80; counter >>= 7) out += static_cast<char>((counter & 0x7f) | 0x80);
  out += static_cast<char>(counter);
}

/// Nothing where it takes more bytes than it needs: each token has one spelling.
[[nodiscard]] std::optional<std::uint64_t> read_counter(std::string_view bytes) noexcept {
  if (bytes.empty() || bytes.size() > MostCounterSize) return std::nullopt;
  if (bytes.size() > 1 && bytes.back() == 0) return std::nullopt;
  std::uint64_t counter = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto octet = static_cast<unsigned char>(bytes[i]);
    if ((octet < 0x80) != (i + 1 == bytes.size())) return std::nullopt;
    counter |= std::uint64_t{octet & 0x7fU} << (7 * i);
  }
  return counter;
}

[[nodiscard]] std::string mac_of(const Digest& extracted, const uuid::Bytes& session,
                                 std::string_view signed_part) {
  const Digest key =
      expand(extracted, Fields().text("portico refresh token").bytes(session).view());
  return std::string(text_of(hmac(key, bytes_of(signed_part))).substr(0, MacSize));
}

[[nodiscard]] std::string checksum_of(std::string_view bytes) {
  return std::string(text_of(sha256(bytes_of(bytes))).substr(0, ChecksumSize));
}

}  // namespace

RefreshTokens::RefreshTokens(std::vector<MasterKey> keys) : keys_(std::move(keys)) {
  if (keys_.empty()) throw std::logic_error("refresh tokens need a key");
  for (MasterKey& key : keys_) {
    if (std::ranges::count(keys_, key.number, &MasterKey::number) != 1) {
      throw std::logic_error("two keys of refresh tokens have the same number");
    }
    key.bytes = extract(key.bytes);
  }
}

const RefreshTokens::MasterKey* RefreshTokens::find(std::uint8_t number) const noexcept {
  const auto found = std::ranges::find(keys_, number, &MasterKey::number);
  return found == keys_.end() ? nullptr : &*found;
}

std::string RefreshTokens::write(const RefreshToken& token) const {
  const MasterKey* const master = find(token.key);
  if (master == nullptr) throw std::logic_error("there is no such key of refresh tokens");
  std::string bytes(1, Version);
  bytes += text_of(token.session);
  put_counter(bytes, token.counter);
  bytes += static_cast<char>(token.key);
  bytes += mac_of(master->bytes, token.session, bytes);
  bytes += checksum_of(bytes);
  return base64url::encode(bytes);
}

std::optional<RefreshToken> RefreshTokens::parse(std::string_view text) const {
  const std::size_t size = base64url::decoded_size(text.size());
  if (size < LeastSize || size > MostSize) return std::nullopt;
  const std::optional<std::string> decoded = base64url::decode(text);
  if (!decoded || decoded->front() != Version) return std::nullopt;
  const std::string_view bytes = *decoded;

  const std::string_view checked = bytes.substr(0, size - ChecksumSize);
  if (bytes.substr(checked.size()) != checksum_of(checked)) return std::nullopt;
  const std::string_view signed_part = checked.substr(0, checked.size() - MacSize);

  RefreshToken token;
  std::ranges::copy(bytes_of(signed_part.substr(1, SessionSize)), token.session.begin());
  token.key = static_cast<std::uint8_t>(signed_part.back());
  const auto counter =
      read_counter(signed_part.substr(1 + SessionSize, signed_part.size() - SessionSize - 2));
  const MasterKey* const master = find(token.key);
  if (!counter || master == nullptr) return std::nullopt;
  token.counter = *counter;

  const std::string_view shown = checked.substr(signed_part.size());
  const std::string mac = mac_of(master->bytes, token.session, signed_part);
  if (!equal(bytes_of(shown), bytes_of(mac))) return std::nullopt;
  return token;
}

}  // namespace portico::auth

// SPDX-License-Identifier: Apache-2.0
#include "session/one_time_secret.h"

#include "jose/base64url.h"

#include <array>

namespace portico::auth {
namespace {

constexpr std::size_t SecretSize = 32;
constexpr std::size_t ChecksumSize = 4;
constexpr std::size_t CodeSize = 8;
constexpr std::string_view Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

[[nodiscard]] std::span<const std::byte> bytes_of(std::string_view text) noexcept {
  return std::as_bytes(std::span(text));
}

[[nodiscard]] std::string checksum_of(std::string_view secret) {
  const Digest digest = sha256(Fields().text("one-time token").text(secret).view());
  return {reinterpret_cast<const char*>(digest.data()), ChecksumSize};
}

/// As the alphabet has it, or as it is.
[[nodiscard]] char read_letter(char typed) noexcept {
  const char letter = typed >= 'a' && typed <= 'z' ? static_cast<char>(typed - 'a' + 'A') : typed;
  if (letter == 'O') return '0';
  return letter == 'I' || letter == 'L' ? '1' : letter;
}

}  // namespace

std::string_view name_of(Purpose purpose) noexcept {
  static constexpr std::array<std::string_view, 10> Names{
      "verify_email", "reset", "email_change", "email_undo", "invite",
      "otp_login",    "mfa",   "unsubscribe",  "undelete",   "export"};
  return Names[static_cast<std::size_t>(purpose)];
}

namespace one_time {

std::string token_of(std::span<const std::byte, 32> random) {
  std::string bytes(reinterpret_cast<const char*>(random.data()), random.size());
  bytes += checksum_of(bytes);
  return base64url::encode(bytes);
}

std::optional<Digest> digest_of_token(std::string_view text) {
  if (base64url::decoded_size(text.size()) != SecretSize + ChecksumSize) return std::nullopt;
  const std::optional<std::string> bytes = base64url::decode(text);
  if (!bytes) return std::nullopt;
  const std::string_view secret = std::string_view(*bytes).substr(0, SecretSize);
  if (std::string_view(*bytes).substr(SecretSize) != checksum_of(secret)) return std::nullopt;
  return sha256(bytes_of(secret));
}

std::string code_of(std::span<const std::byte, 5> random) {
  std::uint64_t bits = 0;
  for (const std::byte each : random) bits = bits << 8 | std::to_integer<std::uint64_t>(each);
  std::string code(CodeSize, '0');
  for (std::size_t i = CodeSize; i-- > 0; bits >>= 5) code[i] = Alphabet[bits & 31U];
  return code;
}

std::optional<std::string> read_code(std::string_view typed) {
  std::string code;
  for (const char c : typed) {
    if (c == ' ' || c == '-') continue;
    const char letter = read_letter(c);
    if (code.size() == CodeSize || Alphabet.find(letter) == std::string_view::npos) {
      return std::nullopt;
    }
    code += letter;
  }
  if (code.size() != CodeSize) return std::nullopt;
  return code;
}

Digest digest_of_code(KeyBytes key, Purpose purpose, std::string_view bound_to,
                      std::string_view code) {
  return hmac(key, Fields().text("code").text(name_of(purpose)).text(bound_to).text(code).view());
}

}  // namespace one_time
}  // namespace portico::auth

// SPDX-License-Identifier: Apache-2.0
// What an endpoint's webhooks are signed with: a secret that it shares (`whsec_`), or a pair of
// keys of which it knows the public half (`whsk_`, `whpk_`). Values, any thread. The bytes are
// wiped when a secret ends; its texts are the caller's to show once or to seal, and to wipe.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace portico::notify::webhook {

class Secret {
 public:
  enum class Kind : std::uint8_t { Shared, KeyPair };

  /// 32 bytes of OpenSSL's generator of private randomness. Throws std::runtime_error where that
  /// has none.
  [[nodiscard]] static Secret generate(Kind kind = Kind::Shared);

  /// "whsec_" and 24 to 64 bytes, or "whsk_" and a private key of Ed25519 with the public half that
  /// belongs to it; strict base64. Nothing for whatever else.
  [[nodiscard]] static std::optional<Secret> parse(std::string_view text);

  Secret(const Secret&) = default;
  Secret& operator=(const Secret&) = default;
  ~Secret();

  [[nodiscard]] Kind kind() const noexcept { return kind_; }
  /// What is kept: the key of HMAC, or the private key alone.
  [[nodiscard]] std::string_view bytes() const noexcept;

  /// As `parse` reads it.
  [[nodiscard]] std::string text() const;
  /// "whpk_...", for the receiver. Empty where there are no two halves.
  [[nodiscard]] std::string public_text() const;

 private:
  static constexpr std::size_t Most = 64;

  Secret(Kind kind, std::string_view bytes) noexcept;
  [[nodiscard]] std::string_view all() const noexcept;

  Kind kind_;
  std::size_t size_;
  /// Of a pair: the private key, then the public one.
  std::array<char, Most> bytes_{};
};

/// After a rotation the previous secret signs beside the new one, so that the receiver has time to
/// learn the new one.
struct SigningSecret {
  Secret secret;
  std::optional<std::chrono::microseconds> valid_until{};  ///< Nothing: the current one.

  [[nodiscard]] bool valid(std::chrono::microseconds now) const noexcept {
    return !valid_until || now < *valid_until;
  }
};

}  // namespace portico::notify::webhook

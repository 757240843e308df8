// SPDX-License-Identifier: Apache-2.0
// SHA-256, HMAC and HKDF over it, for what the tables keep in the place of secrets. Any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace portico::auth {

using Digest = std::array<std::byte, 32>;
using KeyBytes = std::span<const std::byte>;

/// A sequence of fields as bytes, so that no two sequences share them: each has its length in
/// front.
class Fields {
 public:
  Fields& text(std::string_view value);
  Fields& bytes(std::span<const std::byte> value);
  Fields& number(std::int64_t value);
  /// Differs from an empty text.
  Fields& nothing();

  [[nodiscard]] std::span<const std::byte> view() const noexcept {
    return std::as_bytes(std::span(written_));
  }

 private:
  void put(char kind, std::string_view value);

  std::string written_;
};

[[nodiscard]] Digest sha256(std::span<const std::byte> bytes);
[[nodiscard]] Digest hmac(KeyBytes key, std::span<const std::byte> bytes);
/// HKDF with an empty salt in its two steps; `info` says what the key is for.
[[nodiscard]] Digest extract(KeyBytes master);
[[nodiscard]] Digest expand(const Digest& extracted, std::span<const std::byte> info);

/// Takes as long whatever the bytes are, so that nobody finds a secret byte by byte.
[[nodiscard]] bool equal(std::span<const std::byte> a, std::span<const std::byte> b) noexcept;

}  // namespace portico::auth

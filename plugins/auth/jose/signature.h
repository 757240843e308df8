// SPDX-License-Identifier: Apache-2.0
// Signatures between the form of JOSE and that of OpenSSL, and whether they are canonical. Without
// these checks a signature could be altered into another valid one. Any thread; nothing allocates.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace portico::auth {

/// r and s of ECDSA on P-256, as DER: what OpenSSL reads.
class EcdsaDer {
 public:
  /// Requires nothing. Nothing unless there are 64 bytes, r and s, each from 1 to the order of the
  /// curve less one.
  [[nodiscard]] static std::optional<EcdsaDer> of(std::string_view raw) noexcept;

  [[nodiscard]] const unsigned char* data() const noexcept { return bytes_.data(); }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }

 private:
  void append(std::string_view integer) noexcept;

  std::array<unsigned char, 72> bytes_{0x30, 0};
  std::size_t size_ = 2;
};

/// 64 bytes, and S less than the order of the group (RFC 8032 §5.1.7).
[[nodiscard]] bool is_canonical_ed25519(std::string_view signature) noexcept;

}  // namespace portico::auth

// SPDX-License-Identifier: Apache-2.0
// Hashes of crypt(3): bcrypt (`$2a$`, `$2b$`, `$2y$`) and SHA-crypt (`$5$`, `$6$`), as other
// systems leave them. They are verified, never made. Values, any thread.
#pragma once

#include "password/hash_fault.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace portico::auth {

struct CryptForm {
  enum class Kind : std::uint8_t { Bcrypt, Sha };

  Kind kind = Kind::Bcrypt;
  std::string text;           ///< The whole of it, which crypt takes for the setting.
  std::size_t hash_size = 0;  ///< So many characters at its end are the hash.
};

// bcrypt's cost is a power of two; 14 takes a second. Passlib writes SHA-crypt with 656 000 rounds,
// so a million lets its hashes in; that is half a second.
inline constexpr std::uint32_t MostBcryptCost = 14;
inline constexpr std::uint32_t MostShaCryptRounds = 1'000'000;

[[nodiscard]] bool looks_like_crypt(std::string_view text) noexcept;
/// Requires a text that begins as crypt's do.
[[nodiscard]] std::variant<CryptForm, HashFault> read_crypt(std::string_view text);

/// Requires a form that was read. Blocks for as long as it costs.
[[nodiscard]] bool fits(const CryptForm& form, std::string_view password);

}  // namespace portico::auth

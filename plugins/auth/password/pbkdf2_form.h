// SPDX-License-Identifier: Apache-2.0
// Hashes by PBKDF2 as other systems leave them: the PHC form
// (`$pbkdf2-sha256$i=600000$<salt>$<tag>` and `-sha512`), Passlib's, which has the bare number and
// `.` for `+`, and Django's
// (`pbkdf2_sha256$600000$<salt>$<tag>`). They are verified, never made. Values, any thread.
#pragma once

#include "password/hash_fault.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace portico::auth {

struct Pbkdf2Form {
  enum class Digest : std::uint8_t { Sha256, Sha512 };

  Digest digest = Digest::Sha256;
  std::uint32_t rounds = 0;
  std::string salt;
  std::string tag;
};

/// The defaults of Django grow with each version and are at 1.2 million; that is half a second.
inline constexpr std::uint32_t MostPbkdf2Rounds = 2'000'000;

[[nodiscard]] bool looks_like_pbkdf2(std::string_view text) noexcept;
/// Requires a text that begins as these do.
[[nodiscard]] std::variant<Pbkdf2Form, HashFault> read_pbkdf2(std::string_view text);

/// Requires a form that was read. Blocks for as long as it costs.
[[nodiscard]] bool fits(const Pbkdf2Form& form, std::string_view password);

}  // namespace portico::auth

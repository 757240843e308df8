// SPDX-License-Identifier: Apache-2.0
// A hash by Argon2 as it is stored, `$argon2id$v=19$m=19456,t=2,p=1$<salt>$<tag>`, and its making.
// Values, any thread.
#pragma once

#include "password/cost.h"
#include "password/hash_fault.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace portico::auth {

/// Argon2d is not read: its memory accesses tell of the password.
enum class Argon2Variant : std::uint8_t { I, Id };

struct Argon2Form {
  Argon2Variant variant = Argon2Variant::Id;
  std::uint32_t version = 19;  ///< Or 16, of hashes made before 2016.
  Cost cost;
  std::string salt;
  std::string tag;

  bool operator==(const Argon2Form&) const = default;
};

/// The lengths of those that are made here.
inline constexpr std::size_t SaltSize = 16;
inline constexpr std::size_t TagSize = 32;

/// Requires a text that begins as Argon2's do. Strict, because libargon2 obeys whatever costs a
/// text names: one row that asks for 4 GiB would take the machine with it.
[[nodiscard]] std::variant<Argon2Form, HashFault> read_argon2(std::string_view text);
[[nodiscard]] bool looks_like_argon2(std::string_view text) noexcept;
[[nodiscard]] std::string print(const Argon2Form& form);

/// The tag that the password gives under the form's salt and cost, as long as the form's own.
/// Requires a form within the bounds. Blocks for as long as it costs, and starts no thread. Throws
/// std::bad_alloc where the memory is not to be had.
[[nodiscard]] std::string argon2_tag(const Argon2Form& form, std::string_view password);
/// Whether that is the form's own.
[[nodiscard]] bool fits(const Argon2Form& form, std::string_view password);

namespace detail {
// The two makers, for tests that compare them. libsodium's requires `fits_sodium`.
[[nodiscard]] bool fits_sodium(const Argon2Form& form) noexcept;
[[nodiscard]] std::string tag_by_sodium(const Argon2Form& form, std::string_view password);
[[nodiscard]] std::string tag_by_libargon2(const Argon2Form& form, std::string_view password);
}  // namespace detail

}  // namespace portico::auth

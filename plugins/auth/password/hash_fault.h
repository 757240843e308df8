// SPDX-License-Identifier: Apache-2.0
// Why the text of a stored hash is of no use.
#pragma once

#include <cstdint>
#include <string_view>

namespace portico::auth {

enum class HashFault : std::uint8_t {
  Unknown,      ///< Of no kind that is read here.
  Malformed,    ///< Of a known kind, but not written as that kind is.
  OutOfBounds,  ///< Well written, and would take more memory or time than a login may.
};

/// A sentence for whoever imports it. Nothing of the hash is in it.
[[nodiscard]] constexpr std::string_view sentence(HashFault fault) noexcept {
  switch (fault) {
    case HashFault::Unknown:
      return "the hash is of an unknown kind; argon2id, argon2i, bcrypt, PBKDF2 and SHA-crypt are "
             "read";
    case HashFault::Malformed: return "the hash is not written as its kind is";
    case HashFault::OutOfBounds:
      return "the hash would cost more than a login may; let its owner choose a new password";
  }
  return {};
}

}  // namespace portico::auth

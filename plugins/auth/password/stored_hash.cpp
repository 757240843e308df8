// SPDX-License-Identifier: Apache-2.0
#include "password/stored_hash.h"

#include <utility>

namespace portico::auth {
namespace {

/// Longer than any that is read; what is longer still is not looked at.
constexpr std::size_t MostText = 512;

template <class Form>
StoredHash widened(std::variant<Form, HashFault> read) {
  return std::visit([](auto&& held) { return StoredHash(std::forward<decltype(held)>(held)); },
                    std::move(read));
}

}  // namespace

StoredHash read_stored_hash(std::string_view text) {
  if (text.size() > MostText) return HashFault::Malformed;
  if (looks_like_argon2(text)) return widened(read_argon2(text));
  if (looks_like_crypt(text)) return widened(read_crypt(text));
  if (looks_like_pbkdf2(text)) return widened(read_pbkdf2(text));
  return HashFault::Unknown;
}

std::optional<HashFault> fault_of_stored_hash(std::string_view text) {
  const StoredHash read = read_stored_hash(text);
  const auto* const fault = std::get_if<HashFault>(&read);
  return fault == nullptr ? std::nullopt : std::optional(*fault);
}

}  // namespace portico::auth

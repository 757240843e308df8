// SPDX-License-Identifier: Apache-2.0
// Which passwords are accepted: long enough, and not what others guess first. There are no rules of
// composition, and nothing is trimmed, folded or normalised: what was typed is the password, so
// that "é" as one code point and as two are two passwords. Values, any thread; takes at most some
// ms.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace portico::auth {

enum class Weakness : std::uint8_t {
  Length,    ///< Too short, too long, or not UTF-8, so that it has no length.
  Common,    ///< Among the first million guesses: a word, a name, keys side by side, and what makes
             ///< one of them.
  Context,   ///< Has the user's own name in it, or the site's.
  Breached,  ///< Known from a breach; see breaches.h.
};

/// As answers name it: "length".
[[nodiscard]] std::string_view code(Weakness weakness) noexcept;
/// For people, in English.
[[nodiscard]] std::string_view sentence(Weakness weakness) noexcept;

struct PasswordRules {
  std::size_t shortest = 8;  ///< In code points. NIST asks for 15 where there is no second factor.
  std::size_t longest = 128;
  /// The site's name and what else the operator names; no matter in which case, 3 bytes at least.
  std::vector<std::string> words;

  [[nodiscard]] static PasswordRules strict() {
    return {.shortest = 15, .longest = 128, .words = {}};
  }
};

/// In the order of the enum, each at most once; empty where the password is accepted. Of one with a
/// wrong length nothing more is looked at. `own` are words of this user; see `own_words`.
[[nodiscard]] std::vector<Weakness> weaknesses(std::string_view password,
                                               const PasswordRules& rules,
                                               std::span<const std::string> own = {});

/// What a user's password must not have in it: what stands before the @, from 4 characters on; a
/// shorter one is part of many words.
[[nodiscard]] std::vector<std::string> own_words(std::string_view email);

}  // namespace portico::auth

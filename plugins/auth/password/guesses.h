// SPDX-License-Identifier: Apache-2.0
// How soon a password would be guessed by somebody who tries words, names, dates, keys side by side
// and what people make of them: libzxcvbn's estimate. Its dictionaries, with the 10 000 most common
// passwords among them, are compiled into Debian's library: nothing is loaded, and it writes to
// nothing that threads share. Any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace portico::auth {

/// The binary logarithm of the guesses. `words` are those that somebody who knows the site and the
/// user would try as well.
[[nodiscard]] double guess_bits(std::string_view password, std::span<const std::string> words);

/// A million guesses: what a patient stranger tries in a year against a throttled login, from many
/// addresses. "Summer2024!" has 19 bits, "correcthorse" 20, "rainy tuesday" 32.
inline constexpr double FirstGuesses = 20;

}  // namespace portico::auth

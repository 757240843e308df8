// SPDX-License-Identifier: Apache-2.0
#include "password/guesses.h"

#include "password/wipe.h"

#include <cstddef>
#include <vector>

#include <zxcvbn.h>

namespace portico::auth {
namespace {

/// The estimate's time grows with the fifth power of the length: "0101..." of 24 characters takes
/// 2 ms, of 32 up to 9, of 48 already 55 and of 100, the library's own bound, 700. What begins with
/// so many bytes has a million guesses behind it as a whole, or its beginning is one word again and
/// again.
constexpr std::size_t MostEstimated = 32;
/// Each word is compared at each place.
constexpr std::size_t MostWords = 32;

}  // namespace

double guess_bits(std::string_view password, std::span<const std::string> words) {
  const WipedText<MostEstimated> beginning(password);
  std::vector<const char*> list;
  for (const std::string& word : words.first(std::min(words.size(), MostWords))) {
    if (!word.empty()) list.push_back(word.c_str());
  }
  list.push_back(nullptr);
  return ZxcvbnMatch(beginning.c_str(), list.data(), nullptr);
}

}  // namespace portico::auth

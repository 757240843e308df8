// SPDX-License-Identifier: Apache-2.0
#include "account/api_key_text.h"

#include "session/one_time_secret.h"

#include <algorithm>
#include <span>

namespace portico::auth::api_key {
namespace {

constexpr std::string_view Live = "gk_live_";
constexpr std::string_view Test = "gk_test_";
constexpr std::size_t Letters = 8;  // Of five bytes.
constexpr std::size_t SecretLetters = 4 * Letters;
constexpr std::size_t ChecksumLetters = 6;
constexpr std::size_t Size = Live.size() + Letters + 1 + SecretLetters + 1 + ChecksumLetters;

std::string letters(std::span<const std::byte> random, std::size_t at) {
  return one_time::code_of(random.subspan(at).first<5>());
}

std::string checksum_of(std::string_view text) {
  const Digest digest = sha256(Fields().text("API key").text(text).view());
  return one_time::code_of(std::span(digest).first<5>()).substr(0, ChecksumLetters);
}

}  // namespace

Made make(Environment environment, const std::array<std::byte, 25>& random) {
  Made made;
  made.prefix = std::string(environment == Environment::Live ? Live : Test) + letters(random, 0);
  made.text = made.prefix + "_" + letters(random, 5) + letters(random, 10) + letters(random, 15) +
              letters(random, 20);
  made.text += "_" + checksum_of(made.text);
  return made;
}

bool plausible(std::string_view text) {
  if (text.size() != Size || !(text.starts_with(Live) || text.starts_with(Test))) return false;
  const std::string_view body = text.substr(0, Size - ChecksumLetters - 1);
  return text[body.size()] == '_' && text.substr(body.size() + 1) == checksum_of(body);
}

Digest digest_of(std::string_view text) { return sha256(std::as_bytes(std::span(text))); }

}  // namespace portico::auth::api_key

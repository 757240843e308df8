// SPDX-License-Identifier: Apache-2.0
#include "gate/csrf_token.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <tuple>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace portico::auth {
namespace {

constexpr std::size_t NonceText = 2 * std::tuple_size_v<CsrfTokens::Nonce>;
constexpr std::size_t MacText = 64;
using Text = std::array<char, NonceText + MacText>;

char* write_hex(std::span<const unsigned char> bytes, char* out) noexcept {
  constexpr std::string_view Digits = "0123456789abcdef";
  for (const unsigned char byte : bytes) {
    *out++ = Digits[byte >> 4U];
    *out++ = Digits[byte & 15U];
  }
  return out;
}

/// The MAC of the nonce's text and the session behind it, written behind `nonce`. The nonce has one
/// length, so no other pair makes the same bytes. False where OpenSSL has failed.
bool write_mac(const CsrfTokens::Key& key, std::string_view session, Text& text) noexcept {
  constexpr std::size_t LongestSession = 256;
  if (session.size() > LongestSession) return false;
  std::array<unsigned char, NonceText + LongestSession> covered;
  std::copy_n(text.begin(), NonceText, covered.begin());
  std::ranges::copy(session, covered.begin() + NonceText);
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac;
  unsigned int size = 0;
  if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), covered.data(),
           NonceText + session.size(), mac.data(), &size) == nullptr) {
    return false;
  }
  write_hex({mac.data(), MacText / 2}, text.data() + NonceText);
  return true;
}

}  // namespace

CsrfTokens::~CsrfTokens() { OPENSSL_cleanse(key_.data(), key_.size()); }

std::string CsrfTokens::make(std::string_view session, const Nonce& nonce) const {
  Text text;
  write_hex({reinterpret_cast<const unsigned char*>(nonce.data()), nonce.size()}, text.data());
  if (!write_mac(key_, session, text)) return {};
  return {text.data(), text.size()};
}

bool CsrfTokens::holds(std::string_view cookie, std::string_view field,
                       std::string_view session) const noexcept {
  if (session.empty() || cookie.size() != std::tuple_size_v<Text> || cookie != field) return false;
  Text wanted;
  std::copy_n(cookie.begin(), NonceText, wanted.begin());
  if (!write_mac(key_, session, wanted)) return false;
  return CRYPTO_memcmp(wanted.data(), cookie.data(), wanted.size()) == 0;
}

}  // namespace portico::auth

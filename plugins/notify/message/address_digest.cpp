// SPDX-License-Identifier: Apache-2.0
#include "message/address_digest.h"

#include <stdexcept>

#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace portico::notify {
namespace {

constexpr std::string_view Digits = "0123456789abcdef";
constexpr std::size_t Kept = 16;  // Bytes: nobody brings two addresses about that share so many.

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

}  // namespace

std::string AddressDigest::of(std::string_view address) const {
  std::call_once(derived_, [this] { host_.derive_key("address digest", key_); });
  const std::string normal = lower(address);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (::HMAC(::EVP_sha256(), key_.data(), static_cast<int>(key_.size()),
             reinterpret_cast<const unsigned char*>(normal.data()), normal.size(), digest.data(),
             &size) == nullptr) {
    throw std::runtime_error("an address could not be hashed");
  }
  std::string text;
  for (std::size_t i = 0; i < Kept; ++i) {
    text += Digits[digest.at(i) >> 4U];
    text += Digits[digest.at(i) & 0xFU];
  }
  return text;
}

}  // namespace portico::notify

// SPDX-License-Identifier: Apache-2.0
#include "webhook/base64.h"

#include "webhook/openssl.h"

#include <cstddef>

#include <openssl/crypto.h>

namespace portico::notify::webhook {
namespace {

/// Far above a secret or a signature, and far below what an int holds.
constexpr std::size_t MostText = 64 * 1024;

std::size_t padding_of(std::string_view text) {
  if (text.ends_with("==")) return 2;
  return text.ends_with('=') ? 1 : 0;
}

}  // namespace

std::string base64(std::string_view bytes) {
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), octets(bytes),
                                   static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

std::optional<std::string> from_base64(std::string_view text) {
  const Discreet discreet;
  if (text.size() > MostText || text.size() % 4 != 0) return std::nullopt;
  std::string bytes(text.size() / 4 * 3, '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()), octets(text),
                                   static_cast<int>(text.size()));
  if (size < 0) return std::nullopt;
  bytes.resize(static_cast<std::size_t>(size) - padding_of(text));
  // OpenSSL passes over blanks and over bits that say nothing; we do not.
  std::string spelled = base64(bytes);
  const bool canonical = spelled == text;
  OPENSSL_cleanse(spelled.data(), spelled.size());
  if (canonical) return bytes;
  OPENSSL_cleanse(bytes.data(), bytes.size());
  return std::nullopt;
}

}  // namespace portico::notify::webhook

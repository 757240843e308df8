// SPDX-License-Identifier: Apache-2.0
#include "password/base64.h"

#include <cstddef>

#include <sodium/utils.h>

namespace portico::auth {
namespace {

int variant(Padding padding) noexcept {
  return padding == Padding::None ? sodium_base64_VARIANT_ORIGINAL_NO_PADDING
                                  : sodium_base64_VARIANT_ORIGINAL;
}

}  // namespace

std::string base64(std::string_view bytes, Padding padding) {
  // The length counts the NUL that libsodium ends the text with.
  std::string text(sodium_base64_encoded_len(bytes.size(), variant(padding)), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), variant(padding));
  text.pop_back();
  return text;
}

std::optional<std::string> from_base64(std::string_view text, Padding padding) {
  std::string bytes(text.size() / 4 * 3 + 3, '\0');
  std::size_t size = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                        text.size(), nullptr, &size, nullptr, variant(padding)) != 0) {
    return std::nullopt;
  }
  bytes.resize(size);
  // libsodium 1.0.18 takes some bytes above 127 for letters; the fuzzer found it.
  if (base64(bytes, padding) != text) return std::nullopt;
  return bytes;
}

}  // namespace portico::auth

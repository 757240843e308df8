// SPDX-License-Identifier: Apache-2.0
#include "password/base64.h"

#include <cstddef>

#include <sodium/utils.h>

namespace portico::auth {

std::string base64(std::string_view bytes) {
  constexpr int Unpadded = sodium_base64_VARIANT_ORIGINAL_NO_PADDING;
  // The length counts the NUL that libsodium ends the text with.
  std::string text(sodium_base64_encoded_len(bytes.size(), Unpadded), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), Unpadded);
  text.pop_back();
  return text;
}

std::optional<std::string> from_base64(std::string_view text, Padding padding) {
  const int variant = padding == Padding::None ? sodium_base64_VARIANT_ORIGINAL_NO_PADDING
                                               : sodium_base64_VARIANT_ORIGINAL;
  std::string bytes(text.size() / 4 * 3 + 3, '\0');
  std::size_t size = 0;
  const char* end = nullptr;
  const int refused =
      sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                        text.size(), nullptr, &size, &end, variant);
  if (refused != 0 || end != text.data() + text.size()) return std::nullopt;
  bytes.resize(size);
  return bytes;
}

}  // namespace portico::auth

// SPDX-License-Identifier: Apache-2.0
// Keys of 128 bits that nobody outside can choose so that two of them meet, and that tell nothing
// of what was hashed. For buckets of this process by SipHash, which is quick and needs a secret;
// for buckets that nodes share by BLAKE2b, which is the same everywhere.
#pragma once

#include "store/key.h"

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include <sodium/crypto_shorthash_siphash24.h>

namespace portico::ratelimit {

using HashSecret = std::array<std::byte, crypto_shorthash_siphashx24_KEYBYTES>;

class Hash {
 public:
  /// The same on every node.
  Hash() noexcept = default;
  /// Of this process alone.
  explicit Hash(const HashSecret& secret) noexcept : secret_(secret) {}

  [[nodiscard]] Key operator()(std::string_view text) const noexcept;

 private:
  std::optional<HashSecret> secret_;
};

}  // namespace portico::ratelimit

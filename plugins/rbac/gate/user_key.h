// SPDX-License-Identifier: Apache-2.0
// A user's id as the caches know it: 128 bits by SipHash with a secret of this process, so that
// nobody can choose two ids that meet. Any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <sodium/crypto_shorthash_siphash24.h>

namespace portico::rbac {

struct UserKey {
  std::uint64_t first = 0;
  std::uint64_t second = 0;

  friend bool operator==(const UserKey&, const UserKey&) = default;
};

class UserKeys {
 public:
  using Secret = std::array<std::byte, crypto_shorthash_siphashx24_KEYBYTES>;

  explicit UserKeys(const Secret& secret) noexcept : secret_(secret) {}
  [[nodiscard]] UserKey operator()(std::string_view user) const noexcept;

 private:
  Secret secret_;
};

}  // namespace portico::rbac

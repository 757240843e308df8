// SPDX-License-Identifier: Apache-2.0
// The text of a refresh token: base64url of
//
//   version 1 B | session 16 B | counter, varint | number of the master key 1 B | MAC 16 B |
//   checksum 4 B
//
// The MAC is HMAC-SHA256, cut to 16 bytes, over what stands before it; its key is derived from the
// master key and the session, so that the database alone forges none. The text is a function of
// session, counter and key: whoever lost the answer to a refresh can be given the same token again
// without anybody having kept it. The checksum needs no key; scanners of leaked secrets go by it.
// Pure; any thread.
#pragma once

#include "shared/uuid.h"
#include "store/digest.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portico::auth {

struct RefreshToken {
  uuid::Bytes session{};
  std::uint64_t counter = 0;
  std::uint8_t key = 0;  ///< The number of the master key.

  friend bool operator==(const RefreshToken&, const RefreshToken&) = default;
};

/// Writes and reads them.
class RefreshTokens {
 public:
  struct MasterKey {
    std::uint8_t number = 0;
    Digest bytes{};
  };
  /// The first key is the one for new tokens; those of the others are still read. Throws
  /// std::logic_error where there is none or two have the same number.
  explicit RefreshTokens(std::vector<MasterKey> keys);

  [[nodiscard]] std::uint8_t newest_key() const noexcept { return keys_.front().number; }
  /// Throws std::logic_error for a key that is not there.
  [[nodiscard]] std::string write(const RefreshToken& token) const;
  /// Nothing for whatever was not written here: no database is asked about it.
  [[nodiscard]] std::optional<RefreshToken> parse(std::string_view text) const;

 private:
  [[nodiscard]] const MasterKey* find(std::uint8_t number) const noexcept;

  std::vector<MasterKey> keys_;  // Extracted: keys of sessions are derived by one more step.
};

}  // namespace portico::auth

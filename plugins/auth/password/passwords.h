// SPDX-License-Identifier: Apache-2.0
// Hashes passwords and verifies them. Made once from the settings and shared; any thread that may
// block, behind the gate that counts hashes under way: each takes `Cost::memory` and one processor
// for about 20 ms.
#pragma once

#include "password/argon2_form.h"
#include "password/cost.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace portico::auth {

enum class Verdict : std::uint8_t {
  Right,
  Wrong,
  /// The stored text is of no use, or would cost more than a login may, and nothing was hashed. The
  /// user is answered as for `Wrong`, after `verify_decoy`; an operator must hear of it.
  Unusable,
};

/// A longer one is refused before anything is done with it: time grows with the length.
inline constexpr std::size_t MostPasswordBytes = 512;

class Passwords {
 public:
  /// Throws std::invalid_argument where `may_be_set` refuses the cost.
  explicit Passwords(const Cost& cost = {});

  /// By Argon2id with a salt of its own, as a text of less than 110 characters. Requires a password
  /// that the rules accepted; throws std::length_error for one of more than `MostPasswordBytes`,
  /// and std::bad_alloc.
  [[nodiscard]] std::string hash(std::string_view password) const;

  /// Does not hash where the password is longer than `MostPasswordBytes`: Wrong. Throws
  /// std::bad_alloc.
  [[nodiscard]] Verdict verify(std::string_view stored, std::string_view password) const;

  /// Costs what `verify` does for a hash of ours, and nobody's password is right: for a user who is
  /// not there, so that the time of the answer does not tell.
  void verify_decoy(std::string_view password) const;

  /// Whether `hash` would make it in another way. After a login with it the password is to be
  /// hashed anew, the whole of it, also where bcrypt looked at 72 bytes.
  [[nodiscard]] bool outdated(std::string_view stored) const;

 private:
  [[nodiscard]] Argon2Form fresh() const;

  Cost cost_;
  Argon2Form decoy_;
};

}  // namespace portico::auth

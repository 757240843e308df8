// SPDX-License-Identifier: Apache-2.0
// What is mailed to somebody so that they show it once: a token in a link, or a code that a person
// can type. The table holds digests only. Pure; any thread.
#pragma once

#include "store/digest.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace portico::auth {

enum class Purpose : std::uint8_t {
  VerifyEmail,
  Reset,
  EmailChange,
  EmailUndo,
  Invite,
  OtpLogin,
  Mfa,
  Unsubscribe,
  Undelete,
  Export,
};
[[nodiscard]] std::string_view name_of(Purpose purpose) noexcept;

namespace one_time {

/// 256 bits and a checksum of 4 bytes, as 48 characters of base64url.
[[nodiscard]] std::string token_of(std::span<const std::byte, 32> random);
/// What the table has in its place. Nothing for whatever is no such token: no database is asked
/// about it. SHA-256 is enough for what nobody can guess.
[[nodiscard]] std::optional<Digest> digest_of_token(std::string_view text);

/// 40 bits as 8 characters of Crockford's alphabet, which has no I, L, O and U.
[[nodiscard]] std::string code_of(std::span<const std::byte, 5> random);
/// As people type it: small letters, O for 0, I and L for 1, blanks and hyphens between. Nothing
/// for whatever is no code.
[[nodiscard]] std::optional<std::string> read_code(std::string_view typed);
/// 40 bits could be guessed from a plain digest, so this one needs a key; and the code is worth
/// nothing for another purpose or for whom it was not sent to (an id of a user or a flow).
[[nodiscard]] Digest digest_of_code(KeyBytes key, Purpose purpose, std::string_view bound_to,
                                    std::string_view code);

}  // namespace one_time
}  // namespace portico::auth

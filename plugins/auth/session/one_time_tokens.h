// SPDX-License-Identifier: Apache-2.0
// The table of one-time tokens. Looking never consumes: scanners of mail open every link. Any
// thread that may block; what throws is SqlError.
#pragma once

#include "session/one_time_secret.h"
#include "shared/time.h"
#include <portico/sql.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace portico::auth {

struct NewOneTimeToken {
  /// The other way to the same end: a code, for a shorter time and a few tries.
  struct Code {
    Digest digest{};
    Time expires{0};
    std::uint32_t tries = 5;
  };
  std::string_view id;
  Purpose purpose{};
  std::optional<std::string_view> user_id{};
  std::optional<std::string_view> flow_id{};  ///< Who has only the code shows this too.
  Digest digest{};
  std::optional<Code> code{};
  std::string_view payload = "{}";  ///< A JSON object: the new address, the flow's next step.
  Time expires{0};
};

/// What came of showing one.
struct Shown {
  enum class Kind : std::uint8_t {
    Good,
    Used,  ///< Once before.
    Expired,
    Unknown,    ///< Nobody made it, a newer one took its place, or it is for something else.
    Wrong,      ///< A code: not this one. A try is gone; commit it.
    Exhausted,  ///< A code: no try is left, whatever was typed.
  };
  Kind kind = Kind::Unknown;
  std::string id{};
  std::optional<std::string> user_id{};
  std::string payload{};

  [[nodiscard]] bool good() const noexcept { return kind == Kind::Good; }
};

namespace one_time {

/// Of a user's tokens for verifying, resetting and changing an address the newest counts: it takes
/// the place of the one that was not used. Others stand beside each other.
void make(Transaction& db, const NewOneTimeToken& token, Time now);

/// What `consume` would say. For a form, and before a password is hashed.
[[nodiscard]] Shown look(Reader& db, Purpose purpose, const Digest& digest, Time now);
/// Good for one caller, however many come at once.
[[nodiscard]] Shown consume(Transaction& db, Purpose purpose, const Digest& digest, Time now);

/// Whose code it is said to be: by the user, where the newest counts, or by the flow.
struct CodeTry {
  enum class By : std::uint8_t { User, Flow };
  Purpose purpose{};
  By by{};
  std::string_view id;
  Digest digest{};
};
/// Each try that is not good takes one away, whoever makes it; the link stays good.
[[nodiscard]] Shown consume_code(Transaction& db, const CodeTry& given, Time now);

/// What could still give the account to whoever asked for it, as when the password has changed. The
/// way back from a changed address stays: it is the owner's, whoever reset the password.
void withdraw(Transaction& db, std::string_view user_id);
/// Deletes at most so many that expired before then; returns how many.
std::size_t purge(Transaction& db, Time expired_before, std::size_t most);

}  // namespace one_time
}  // namespace portico::auth

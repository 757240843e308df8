// SPDX-License-Identifier: Apache-2.0
// The table of users. Whoever calls has checked what goes in (identity rules, lengths); ids that
// came from a client have passed `uuid::parse`. Any thread that may block; what throws is SqlError.
#pragma once

#include "shared/time.h"
#include <portico/sql.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portico::auth {

enum class UserStatus : std::uint8_t {
  Pending,  ///< Has not shown yet that the e-mail address is theirs.
  Active,
  Disabled,  ///< By an operator, until somebody enables them.
  Erased,    ///< Nothing personal is left of them.
};

[[nodiscard]] std::string_view name_of(UserStatus status) noexcept;

struct User {
  std::string id;
  std::string email;             ///< As it was written.
  std::string email_normalised;  ///< What is unique, and what a login is looked up by.
  std::optional<Time> verified;
  std::optional<std::string> name;
  std::optional<std::string> locale;
  std::optional<std::string> timezone;
  UserStatus status = UserStatus::Pending;
  std::optional<Time> banned_until;
  bool is_admin = false;
  std::int64_t permission_version = 1;  ///< The claim `pv`.
  Time token_not_before{0};             ///< Tokens that were issued before it are worth nothing.
  std::string metadata;                 ///< A JSON object.
  std::optional<std::string> terms_version;
  Time created{0};
  Time updated{0};
  std::int64_t row_version = 1;  ///< Rises with each change; for ETags.

  [[nodiscard]] bool banned(Time now) const noexcept { return banned_until && *banned_until > now; }
  [[nodiscard]] bool may_log_in(Time now) const noexcept {
    return status == UserStatus::Active && !banned(now);
  }
};

struct NewUser {
  std::string_view id;
  std::string_view email;
  std::string_view email_normalised;
  std::optional<std::string_view> name{};
  std::optional<std::string_view> locale{};
  std::optional<std::string_view> timezone{};
  std::optional<std::string_view> terms_version{};
  /// Verified users are active, others pending.
  std::optional<Time> verified{};
  bool is_admin = false;
};

/// What users may change of themselves: all that can be changed this way, so that no field of a
/// request reaches another column.
struct Profile {
  std::optional<std::string_view> name;
  std::optional<std::string_view> locale;
  std::optional<std::string_view> timezone;
  std::string_view metadata = "{}";
};

namespace users {

/// Throws SqlError::Kind::UniqueViolation where the address or the id is taken; the transaction is
/// lost then.
void insert(Transaction& db, const NewUser& user, Time now);
/// The same for who expects races: false, and nothing changed, where the address is taken.
[[nodiscard]] bool insert_if_free(Transaction& db, const NewUser& user, Time now);

[[nodiscard]] std::optional<User> find(Reader& db, std::string_view id);
[[nodiscard]] std::optional<User> find_by_email(Reader& db, std::string_view email_normalised);

/// What a login needs, in one query.
struct Login {
  User user;
  std::optional<std::string> password;  ///< The PHC string; nothing where there is no password.
  Time password_since{0};               ///< When it was set; hashing it anew is no change.
};
[[nodiscard]] std::optional<Login> find_login(Reader& db, std::string_view email_normalised);

/// Newest first. `before` is the id of the last one of the page before.
struct Page {
  std::optional<UserStatus> status{};
  std::optional<std::string_view> before{};
  std::size_t limit = 50;
};
[[nodiscard]] std::vector<User> list(Reader& db, const Page& page);

// Changes. False where there is no such user, or not in a state for it.

/// Pending users become active; disabled ones stay so.
bool mark_verified(Transaction& db, std::string_view id, Time now);
/// Says nothing of sessions: revoke them in the same transaction.
bool disable(Transaction& db, std::string_view id, Time now);
bool enable(Transaction& db, std::string_view id, Time now);
/// Without a time, the ban is lifted.
bool ban(Transaction& db, std::string_view id, std::optional<Time> until, Time now);
bool appoint_admin(Transaction& db, std::string_view id, Time now);
/// False also for the last administrator who is active: somebody must be left.
bool dismiss_admin(Transaction& db, std::string_view id, Time now);

/// False where `row_version` is not the user's any more: somebody else was faster.
bool change_profile(Transaction& db, std::string_view id, const Profile& profile,
                    std::int64_t row_version, Time now);
/// To an address that was shown to be theirs. False where it is taken by now.
bool change_email(Transaction& db, std::string_view id, std::string_view email,
                  std::string_view email_normalised, Time now);

/// Tokens issued before `now` are worth nothing any more.
bool invalidate_tokens(Transaction& db, std::string_view id, Time now);
/// The new version; nothing where there is no such user.
std::optional<std::int64_t> raise_permission_version(Transaction& db, std::string_view id,
                                                     Time now);

/// Whom an operator has made administrators.
[[nodiscard]] std::vector<std::string> administrators(Reader& db);

/// What cached tokens are compared with.
struct Standing {
  std::string id;
  UserStatus status;
  std::optional<Time> banned_until;
  std::int64_t permission_version;
  Time token_not_before;
};
/// Of users who changed at `since` or later, for the poll of other nodes. Nodes' clocks differ and
/// transactions end out of order, so ask with a margin.
[[nodiscard]] std::vector<Standing> changed_since(Reader& db, Time since);

}  // namespace users
}  // namespace portico::auth

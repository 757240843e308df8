// SPDX-License-Identifier: Apache-2.0
// Who a caller is, and the services between identity plugins: fixed here so that one plugin can
// take another's place.
#pragma once

#include <portico/api.h>
#include <portico/callable.h>
#include <portico/flow.h>
#include <portico/http.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace portico {

class Reader;
class Transaction;

/// The caller of a request: what a middleware that gives "identity" says of one whom it knows, by
/// `Request::principal`. All views last as long as the request.
struct Principal {
  std::uint32_t size = sizeof(Principal);
  std::string_view subject{};  ///< Who: the same text for the same user, whatever the credentials.
  std::string_view session{};  ///< Which of the user's sessions; empty where there is none.
  std::string_view issuer{};   ///< Who vouches for it; empty where the credentials do not say.
  std::span<const std::string_view> roles{};
  std::span<const std::string_view> scopes{};
  std::string_view claims{};  ///< All that the credentials say, as a JSON object; may be empty.
  /// Since 1970: when the user last proved who it is, and when the credentials end. Zero: unknown,
  /// and never.
  std::chrono::microseconds authenticated{0};
  std::chrono::microseconds expires{0};
  /// Which state of the user's permissions the roles are from; rises with each change of them.
  std::int64_t permission_version = 0;
  /// Whether `scopes` are all that it may do, of what it may do by its roles: it is a program that
  /// acts for the subject, with a key.
  bool limited = false;
};

/// The service "permissions/1": who may do what.
class PORTICO_API Permissions {
 public:
  static constexpr std::string_view ServiceName = "permissions/1";

  Permissions() = default;
  Permissions(const Permissions&) = delete;
  Permissions& operator=(const Permissions&) = delete;
  virtual ~Permissions();

  /// The rule before a handler whose route declared that permission: it passes who holds it, and
  /// answers 401 where nobody is logged in and 403 otherwise. Called while routes are compiled,
  /// once for each of them; the rule runs on loops.
  [[nodiscard]] virtual Callable<Flow(Request&)> guard(std::string_view permission) = 0;

  // For who keeps accounts: within its transaction, in a database that both name.

  /// What every new user gets.
  virtual void grant_default(Transaction& db, std::string_view subject) = 0;
  /// Every permission: for the first administrator, whom an operator makes.
  virtual void make_administrator(Transaction& db, std::string_view subject) = 0;
  /// Whether there would still be an administrator if this user could not log in any more.
  [[nodiscard]] virtual bool may_lose(Transaction& db, std::string_view subject) = 0;
  /// The names of the roles that count now, everywhere: what a token says.
  [[nodiscard]] virtual std::vector<std::string> roles_of(Reader& db, std::string_view subject) = 0;
  /// Whether everything that the permission stands for, which may have wildcards, is theirs:
  /// everywhere, without a condition and for good.
  [[nodiscard]] virtual bool holds(Reader& db, std::string_view subject,
                                   std::string_view permission) = 0;
};

/// What the audit log tells of.
struct AuditEntry {
  std::uint32_t size = sizeof(AuditEntry);
  /// Who did it, and through which request; null for the system itself.
  const Request* request = nullptr;
  std::string_view action;  ///< "role_granted": a word that lists are searched by.
  std::string_view target_type{};
  std::string_view target{};
  std::string_view outcome = "success";  ///< "success", "failure" or "denied".
  /// A JSON object: the reason, the names of what changed. Nothing secret and nothing personal, for
  /// it is never erased.
  std::string_view detail = "{}";
};

/// How somebody is reached.
struct Contact {
  std::uint32_t size = sizeof(Contact);
  std::string email;
  bool verified = false;  ///< The address is theirs.
  std::string name;
  std::string locale;    ///< "de-AT"; may be empty, as the next.
  std::string timezone;  ///< "Europe/Vienna".
};

/// The service "identity/1": whose accounts there are. Any thread that may block.
class PORTICO_API Identity {
 public:
  static constexpr std::string_view ServiceName = "identity/1";

  Identity() = default;
  Identity(const Identity&) = delete;
  Identity& operator=(const Identity&) = delete;
  virtual ~Identity();

  /// What `Principal::issuer` says of them. Any thread, from `setup` on.
  [[nodiscard]] virtual std::string_view issuer() const noexcept = 0;
  /// The database that they are in, by its name in the file.
  [[nodiscard]] virtual std::string_view database() const noexcept = 0;
  [[nodiscard]] virtual bool exists(Reader& db, std::string_view subject) = 0;
  /// The subject whose e-mail address that is.
  [[nodiscard]] virtual std::optional<std::string> find(Reader& db, std::string_view email) = 0;
  /// Nothing for somebody who has no account any more, or is disabled.
  [[nodiscard]] virtual std::optional<Contact> contact(Reader& db, std::string_view subject) = 0;
  /// Neither disabled nor banned, and the address is theirs.
  [[nodiscard]] virtual bool can_log_in(Reader& db, std::string_view subject) = 0;
  /// Whom an operator has made an administrator while nobody kept permissions.
  [[nodiscard]] virtual std::vector<std::string> administrators(Reader& db) = 0;
  /// Writes an entry of the audit log, with all else that the transaction does or not at all.
  virtual void record(Transaction& db, const AuditEntry& entry) = 0;
};

}  // namespace portico

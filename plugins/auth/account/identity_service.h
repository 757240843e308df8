// SPDX-License-Identifier: Apache-2.0
// "identity/1": the accounts, for whoever keeps permissions or writes to users.
#pragma once

#include "account/account_settings.h"
#include <portico/host.h>
#include <portico/identity.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portico::auth {

class IdentityService final : public Identity {
 public:
  IdentityService(const AccountSettings& settings, Host& host) : settings_(settings), host_(host) {}

  [[nodiscard]] std::string_view issuer() const noexcept override { return settings_.issuer; }
  [[nodiscard]] std::string_view database() const noexcept override { return settings_.database; }
  [[nodiscard]] bool exists(Reader& db, std::string_view subject) override;
  [[nodiscard]] std::optional<std::string> find(Reader& db, std::string_view email) override;
  [[nodiscard]] std::optional<Contact> contact(Reader& db, std::string_view subject) override;
  [[nodiscard]] bool can_log_in(Reader& db, std::string_view subject) override;
  [[nodiscard]] std::vector<std::string> administrators(Reader& db) override;
  void record(Transaction& db, const AuditEntry& entry) override;

 private:
  const AccountSettings& settings_;
  Host& host_;
};

}  // namespace portico::auth

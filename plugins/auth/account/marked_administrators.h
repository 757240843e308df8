// SPDX-License-Identifier: Apache-2.0
// "permissions/1" where no other plugin keeps permissions: who was made an administrator by an
// operator holds all of them, and others none.
#pragma once

#include "account/account_settings.h"
#include <portico/host.h>
#include <portico/identity.h>

#include <string>
#include <string_view>
#include <vector>

namespace portico::auth {

class MarkedAdministrators final : public Permissions {
 public:
  MarkedAdministrators(const AccountSettings& settings, Host& host)
      : settings_(settings), host_(host) {}

  [[nodiscard]] Callable<Flow(Request&)> guard(std::string_view permission) override;
  void grant_default(Transaction& db, std::string_view subject) override;
  void make_administrator(Transaction& db, std::string_view subject) override;
  [[nodiscard]] bool may_lose(Transaction& db, std::string_view subject) override;
  [[nodiscard]] std::vector<std::string> roles_of(Reader& db, std::string_view subject) override;
  [[nodiscard]] bool holds(Reader& db, std::string_view subject,
                           std::string_view permission) override;

 private:
  const AccountSettings& settings_;
  Host& host_;
};

}  // namespace portico::auth

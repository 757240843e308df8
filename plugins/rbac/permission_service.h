// SPDX-License-Identifier: Apache-2.0
// "permissions/1", for core's routes and for whoever keeps accounts.
#pragma once

#include "gate/gate.h"
#include "settings.h"
#include "store/administrators.h"
#include <portico/host.h>
#include <portico/identity.h>

#include <string>
#include <string_view>
#include <vector>

namespace portico::rbac {

class PermissionService final : public Permissions {
 public:
  /// `can_log_in` is asked of other administrators.
  PermissionService(const Config& config, Gate& gate, administrators::CanAct can_log_in,
                    Host& host);

  [[nodiscard]] Callable<Flow(Request&)> guard(std::string_view permission) override;
  void grant_default(Transaction& db, std::string_view subject) override;
  void make_administrator(Transaction& db, std::string_view subject) override;
  [[nodiscard]] bool may_lose(Transaction& db, std::string_view subject) override;
  [[nodiscard]] std::vector<std::string> roles_of(Reader& db, std::string_view subject) override;
  [[nodiscard]] bool holds(Reader& db, std::string_view subject,
                           std::string_view permission) override;

 private:
  void give(Transaction& db, std::string_view subject, std::int64_t role, std::string_view reason);

  const Config& config_;
  Gate& gate_;
  const administrators::CanAct can_log_in_;
  Host& host_;
};

}  // namespace portico::rbac

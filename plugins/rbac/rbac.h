// SPDX-License-Identifier: Apache-2.0
// The plugin `rbac`: who may do what.
#pragma once

#include "api/api.h"
#include "gate/decision_log.h"
#include "gate/gate.h"
#include "gate/knowledge.h"
#include "gate/looked_up.h"
#include "gate/news.h"
#include "gate/node_authority.h"
#include "permission_service.h"
#include "settings.h"
#include <portico/sdk.h>

#include <optional>
#include <vector>

namespace portico::rbac {

class RbacPlugin final : public Plugin {
 public:
  using Config = rbac::Config;
  static constexpr Info info{"rbac", "0.1.0", "Says who may do what"};

  RbacPlugin(const Config& config, Host& host);
  void setup(Registrar& registrar) override;
  void start() override;
  void stop() override;

 private:
  void keep_tables(Registrar& registrar);
  void begin_with_tables();
  void take_over_administrators(Transaction& db);
  [[nodiscard]] bool can_log_in(Reader& db, std::string_view user) const;
  void keep_house();

  const Config config_;
  const std::vector<Role> roles_;  // Of the file.
  Host& host_;
  Sql* const sql_;  // Null: roles come from the file and from tokens.
  Host::Service<Identity> identity_;
  Knowledge knowledge_;
  LookedUp looked_up_;
  News news_;
  DecisionLog log_;
  Gate gate_;
  PermissionService service_;
  NodeAuthority authority_;
  std::optional<Api> api_;
};

}  // namespace portico::rbac

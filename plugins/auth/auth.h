// SPDX-License-Identifier: Apache-2.0
// The plugin `auth`.
#pragma once

#include "account/accounts.h"
#include "gate/gate.h"
#include "settings.h"
#include <portico/sdk.h>

#include <optional>

namespace portico::auth {

class AuthPlugin final : public Plugin {
 public:
  using Config = auth::Config;
  static constexpr Info info{"auth", "0.1.0", "Tells who a request is from"};

  AuthPlugin(const Config& config, Host& host);
  void setup(Registrar& registrar) override;
  void start() override;

  [[nodiscard]] Gate& gate() noexcept { return gate_; }

 private:
  const Config config_;
  Gate gate_;
  std::optional<Accounts> accounts_;
};

}  // namespace portico::auth

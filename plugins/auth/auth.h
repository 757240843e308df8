// SPDX-License-Identifier: Apache-2.0
// The plugin `auth`.
#pragma once

#include "gate/gate.h"
#include "settings.h"
#include <portico/sdk.h>

namespace portico::auth {

class AuthPlugin final : public Plugin {
 public:
  using Config = auth::Config;
  static constexpr Info info{"auth", "0.1.0", "Tells who a request is from"};

  AuthPlugin(const Config& config, Host& host) : config_(config), gate_(config_, host) {}
  void setup(Registrar& registrar) override;
  void start() override;

  [[nodiscard]] Gate& gate() noexcept { return gate_; }

 private:
  const Config config_;
  Gate gate_;
};

}  // namespace portico::auth

// SPDX-License-Identifier: Apache-2.0
// The plugin `auth`: who a request is from. What it takes to verify a token is in jose/, whose
// tokens are accepted in issuers/, and what stands before a route in gate/. Accounts of our own are
// in account/, on top of store/, session/, password/, throttle/, audit/ and keys/.
#include "auth.h"

namespace portico::auth {

AuthPlugin::AuthPlugin(const Config& config, Host& host) : config_(config), gate_(config_, host) {
  if (!config_.database.empty()) accounts_.emplace(config_, gate_, host);
}

void AuthPlugin::setup(Registrar& registrar) {
  gate_.setup(registrar);
  if (accounts_) accounts_->setup(registrar);
}

void AuthPlugin::start() {
  gate_.start();
  if (accounts_) accounts_->start();
}

}  // namespace portico::auth

PORTICO_EXPORT_PLUGIN(portico::auth::AuthPlugin)

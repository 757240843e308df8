// SPDX-License-Identifier: Apache-2.0
// The plugin `auth`: who a request is from. What it takes to verify a token is in jose/, whose
// tokens are accepted in issuers/, and what stands before a route in gate/.
#include "auth.h"

namespace portico::auth {

void AuthPlugin::setup(Registrar& registrar) { gate_.setup(registrar); }

void AuthPlugin::start() { gate_.start(); }

}  // namespace portico::auth

PORTICO_EXPORT_PLUGIN(portico::auth::AuthPlugin)

// SPDX-License-Identifier: Apache-2.0
// Where the routes of webhooks are.
#pragma once

#include "api/webhooks.h"
#include <portico/plugin.h>

namespace portico::notify {

/// All last as long as the plugin.
void add_webhooks(Registrar& registrar, const WebhookRoutes& webhooks);

}  // namespace portico::notify

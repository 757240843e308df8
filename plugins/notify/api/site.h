// SPDX-License-Identifier: Apache-2.0
// What the routes share. All of it lasts as long as the plugin.
#pragma once

#include "hook/fan_out.h"
#include "message/acceptance.h"
#include "message/address_digest.h"
#include "message/unsubscribing.h"
#include "message/ways.h"
#include "message/wordings.h"
#include "reminder/reminding.h"
#include "settings.h"
#include <portico/host.h>
#include <portico/http.h>
#include <portico/identity.h>
#include <portico/jobs.h>
#include <portico/sql.h>

#include <string>

namespace portico::notify {

struct Site {
  const Config& config;
  Host& host;
  Sql& sql;
  Jobs& jobs;
  const Acceptance& acceptance;
  Wordings& wordings;
  const Ways& ways;
  const AddressDigest& digest;
  const Unsubscribing& unsubscribing;
  const FanOut& fan_out;
  const Reminding& reminding;
  /// Who knows the users; null, once the gateway has started, where nobody does.
  Host::Service<Identity> identity;
};

}  // namespace portico::notify

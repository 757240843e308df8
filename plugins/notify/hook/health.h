// SPDX-License-Identifier: Apache-2.0
// Whether an endpoint is still told of events: after each attempt, within the transaction that
// writes it down.
#pragma once

#include "delivery/report.h"
#include "message/acceptance.h"
#include "settings.h"
#include "store/endpoints.h"
#include <portico/host.h>
#include <portico/sql.h>

#include <string>
#include <string_view>

namespace portico::notify {

class Health {
 public:
  Health(const WebhookSettings& settings, const Acceptance& acceptance, Host& host)
      : settings_(settings), acceptance_(acceptance), host_(host) {}

  void after(Transaction& db, const std::string& which, const Report& report) const;

 private:
  void disable(Transaction& db, const EndpointRow& endpoint, std::string_view reason) const;

  const WebhookSettings& settings_;
  const Acceptance& acceptance_;
  Host& host_;
};

}  // namespace portico::notify

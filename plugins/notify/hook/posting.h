// SPDX-License-Identifier: Apache-2.0
// Delivers to a webhook: one job, one POST. No thread waits for the answer.
#pragma once

#include "hook/endpoint_secrets.h"
#include "settings.h"
#include "store/endpoints.h"
#include "store/outgoing.h"
#include <portico/fetch.h>
#include <portico/host.h>
#include <portico/jobs.h>
#include <portico/sql.h>

namespace portico::notify {

class Posting {
 public:
  Posting(const WebhookSettings& settings, Host& host, Sql& sql)
      : settings_(settings), host_(host), sql_(sql) {}

  void work(Job job) const;

 private:
  [[nodiscard]] Fetch order_of(const Outgoing& outgoing, const EndpointRow& endpoint,
                               const EndpointSecrets& secrets) const;
  void answered(Job& job, const Fetched& fetched, Time started) const;

  const WebhookSettings& settings_;
  Host& host_;
  Sql& sql_;
};

}  // namespace portico::notify

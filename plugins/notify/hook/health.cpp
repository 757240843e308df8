// SPDX-License-Identifier: Apache-2.0
#include "hook/health.h"

#include "shared/json_out.h"
#include "shared/refusal.h"
#include "webhook/endpoint_health.h"

namespace portico::notify {

void Health::after(Transaction& db, const std::string& which, const Report& report) const {
  if (report.outcome.empty()) return;
  const auto endpoint = endpoints::find(db, which);
  if (!endpoint || !endpoint->active) return;
  if (report.disable) return disable(db, *endpoint, "it answered 410 Gone");
  const Time now = host_.unix_time();
  const auto since = webhook::failing_since(endpoint->failing_since, report.outcome == "sent", now);
  if (webhook::failing_too_long(since, now, settings_.disable_after)) {
    return disable(db, *endpoint, "it has failed for too long");
  }
  if (since != endpoint->failing_since) endpoints::set_health(db, endpoint->id, since);
}

void Health::disable(Transaction& db, const EndpointRow& endpoint, std::string_view reason) const {
  if (!endpoints::disable(db, endpoint.id, reason)) return;
  host_.log(Level::Warning,
            "the webhook " + endpoint.id + " gets no more events: " + std::string(reason));
  host_.publish(db, "notify.webhook_disabled", endpoint.id,
                {{"endpoint", endpoint.id}, {"owner", endpoint.owner}, {"reason", reason}});
  JsonOut data;
  data.begin_object().member("url", endpoint.url).member("reason", reason).end_object();
  try {
    (void)acceptance_.accept(db, {.user = endpoint.owner,
                                  .template_key = "notify.webhook_disabled",
                                  .data = std::string(data.text())});
  } catch (const Refusal&) {
    // Whoever made it has no account any more.
  }
}

}  // namespace portico::notify

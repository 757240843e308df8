// SPDX-License-Identifier: Apache-2.0
#include "hook/fan_out.h"

#include "hook/event_catalog.h"
#include "message/ways.h"
#include "shared/json_out.h"
#include "shared/time_text.h"
#include "webhook/event_type.h"

#include <algorithm>

namespace portico::notify {
namespace {

/// `patterns`: with blanks between them.
bool wanted(std::string_view patterns, std::string_view type) {
  while (!patterns.empty()) {
    const std::string_view pattern = patterns.substr(0, patterns.find(' '));
    if (webhook::wants(pattern, type)) return true;
    patterns.remove_prefix(std::min(patterns.size(), pattern.size() + 1));
  }
  return false;
}

}  // namespace

void FanOut::tell(Transaction& db, const Event& event) const {
  const auto type = type_of(event);
  if (!type || !webhook::is_event_type(*type)) return;
  std::vector<endpoints::Wanted> targets = endpoints::active(db);
  std::erase_if(targets, [&](const auto& each) {
    return !wanted(each.events, *type) || !owners_.may(db, each.owner, Permission);
  });
  if (targets.empty()) return;
  const MessageRow message = message_of(*type, event.data, event.time);
  (void)messages::add(db, message, Time(0));
  for (const auto& each : targets) deliver(db, message, each.id, each.url);
}

std::string FanOut::test(Transaction& db, const EndpointRow& endpoint) const {
  const MessageRow message =
      message_of("webhook.test", R"({"text":"This is a test."})", host_.unix_time());
  (void)messages::add(db, message, Time(0));
  return deliver(db, message, endpoint.id, endpoint.url);
}

/// The body is written once: what is signed is what is sent, at each attempt.
MessageRow FanOut::message_of(const std::string& type, std::string_view data, Time happened) const {
  JsonOut body;
  body.begin_object()
      .member("type", type)
      .member("timestamp", time_text(happened))
      .json_member("data", data)
      .end_object();
  const Time now = host_.unix_time();
  return {.id = host_.new_id(),
          .recipient = "webhooks",
          .user = {},
          .template_key = type,
          .locale = "",
          .data = std::string(body.text()),
          .category = "",
          .dedupe = {},
          .send_at = now,
          .expires = {},
          .created_by = {},
          .created = now};
}

std::string FanOut::deliver(Transaction& db, const MessageRow& message, std::string_view endpoint,
                            std::string_view url) const {
  DeliveryRow delivery{.id = host_.new_id(),
                       .message = message.id,
                       .channel = std::string(way::Webhook),
                       .address = std::string(url),
                       .digest = digest_.of(url),
                       .endpoint = std::string(endpoint),
                       .next = message.send_at,
                       .created = message.created};
  delivery.job =
      acceptance_.enqueue(db, way::Webhook, delivery.id, message.priority, message.send_at);
  deliveries::add(db, delivery);
  return delivery.id;
}

}  // namespace portico::notify

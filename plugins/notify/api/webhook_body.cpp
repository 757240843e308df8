// SPDX-License-Identifier: Apache-2.0
#include "api/webhook_body.h"

#include "webhook/event_type.h"

#include <algorithm>

namespace portico::notify {
namespace {

std::string check_pattern(std::string_view text) {
  if (webhook::is_event_pattern(text)) return {};
  return "is no type of events; write \"user.created\", \"user.*\" or \"*\"";
}

}  // namespace

void WebhookBody::describe(Schema<WebhookBody>& s) {
  s.summary("Where events are to be posted.");
  s.field("url", &WebhookBody::url, "https, a public host.").required().max(2048);
  s.field("events", &WebhookBody::events, "Which: types, `user.*` or `*`.")
      .required()
      .min(1)
      .max(50)
      .check(check_pattern);
  s.field("description", &WebhookBody::description, "What it is for.").max(500);
  s.field("headers", &WebhookBody::headers, "Sent along.").max(20);
  s.field("secret_type", &WebhookBody::secret_type, "What events are signed with.")
      .names({{"shared", Secret::Shared}, {"key_pair", Secret::KeyPair}});
}

void WebhookChange::describe(Schema<WebhookChange>& s) {
  s.summary("What is to be different.");
  s.field("url", &WebhookChange::url, "https, a public host.").max(2048);
  s.field("events", &WebhookChange::events, "Which.").max(50).check(check_pattern);
  s.field("description", &WebhookChange::description, "What it is for.").max(500);
  s.field("headers", &WebhookChange::headers, "Sent along.").max(20);
}

void WebhookView::describe(Schema<WebhookView>& s) {
  s.summary("Where events are posted.");
  s.field("id", &WebhookView::id, "Which.");
  s.field("url", &WebhookView::url, "Where to.");
  s.field("events", &WebhookView::events, "Which events.");
  s.field("description", &WebhookView::description, "What it is for.");
  s.field("headers", &WebhookView::headers, "The names of what is sent along.");
  s.field("status", &WebhookView::status, "`active` or `disabled`.");
  s.field("failing_since", &WebhookView::failing_since, "Since when nothing has got through.");
  s.field("disabled_reason", &WebhookView::disabled_reason, "Why it gets no more.");
  s.field("secret", &WebhookView::secret, "Shown once. Of a pair, the public key.");
  s.field("created_at", &WebhookView::created_at, "Since when.");
}

void WebhookList::describe(Schema<WebhookList>& s) {
  s.summary("Webhooks, the newest first.");
  s.field("items", &WebhookList::items, "A page of them.");
  s.field("next", &WebhookList::next, "The cursor of the next page.");
}

void SecretView::describe(Schema<SecretView>& s) {
  s.summary("A new secret.");
  s.field("secret", &SecretView::secret, "Shown once. Of a pair, the public key.");
  s.field("previous_valid_until", &SecretView::previous_valid_until,
          "Until then events are signed with the one before as well.");
}

void RecoverBody::describe(Schema<RecoverBody>& s) {
  s.summary("What is sent again.");
  s.field("since", &RecoverBody::since, "What failed since then.").required().max(40);
}

void EventTypeView::describe(Schema<EventTypeView>& s) {
  s.summary("A type of events.");
  s.field("type", &EventTypeView::type, "Its name.");
  s.field("summary", &EventTypeView::summary, "What has happened.");
  s.field("schema", &EventTypeView::schema, "JSON Schema of `data`.");
}

void EventTypeList::describe(Schema<EventTypeList>& s) {
  s.summary("The types of events of this gateway's own; plugins have more.");
  s.field("items", &EventTypeList::items, "All of them.");
}

void DeliveryAccepted::describe(Schema<DeliveryAccepted>& s) {
  s.summary("A delivery that was begun.");
  s.field("id", &DeliveryAccepted::id, "Which.");
  s.field("status", &DeliveryAccepted::status, "`queued`.");
}

std::string joined(const std::vector<std::string>& patterns) {
  std::string text;
  for (const std::string& each : patterns) text += (text.empty() ? "" : " ") + each;
  return text;
}

std::vector<std::string> split(std::string_view patterns) {
  std::vector<std::string> all;
  while (!patterns.empty()) {
    const std::string_view each = patterns.substr(0, patterns.find(' '));
    all.emplace_back(each);
    patterns.remove_prefix(std::min(patterns.size(), each.size() + 1));
  }
  return all;
}

}  // namespace portico::notify

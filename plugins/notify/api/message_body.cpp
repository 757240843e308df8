// SPDX-License-Identifier: Apache-2.0
#include "api/message_body.h"

#include "shared/time_text.h"

namespace portico::notify {
namespace {

std::optional<std::string> text_of(const std::optional<Time>& time) {
  return time ? std::optional(time_text(*time)) : std::nullopt;
}

}  // namespace

void BatchBody::describe(Schema<BatchBody>& s) {
  s.summary("Messages, each accepted or refused by itself.");
  s.field("messages", &BatchBody::messages, "Up to a thousand.").required().min(1).max(Most);
}

void AcceptedView::describe(Schema<AcceptedView>& s) {
  s.summary("A message that was accepted, or was not.");
  s.field("id", &AcceptedView::id, "Which.");
  s.field("status", &AcceptedView::status, "`queued`, `duplicate` or `refused`.");
  s.field("code", &AcceptedView::code, "Why it was refused, in a word.");
  s.field("detail", &AcceptedView::detail, "And in a sentence.");
}

void BatchView::describe(Schema<BatchView>& s) {
  s.summary("What became of each.");
  s.field("items", &BatchView::items, "In the order of the request.");
}

void DeliveryView::describe(Schema<DeliveryView>& s) {
  s.summary("A message on its way to one address.");
  s.field("id", &DeliveryView::id, "Which.");
  s.field("message_id", &DeliveryView::message_id, "Of which message.");
  s.field("channel", &DeliveryView::channel, "By which way.");
  s.field("address", &DeliveryView::address, "Where to.");
  s.field("status", &DeliveryView::status,
          "`queued`, `held`, `sent`, `dead`, `cancelled`, `suppressed` or `expired`.");
  s.field("attempts", &DeliveryView::attempts, "So far.");
  s.field("next_at", &DeliveryView::next_at, "When it is tried next.");
  s.field("last_code", &DeliveryView::last_code, "What the other side said last.");
  s.field("last_error", &DeliveryView::last_error, "And in a sentence.");
  s.field("provider_id", &DeliveryView::provider_id, "What it is called there.");
  s.field("created_at", &DeliveryView::created_at, "When it was accepted.");
  s.field("done_at", &DeliveryView::done_at, "When it was over.");
}

DeliveryView view_of(const DeliveryRow& row) {
  return {.id = row.id,
          .message_id = row.message,
          .channel = row.channel,
          .address = row.address,
          .status = row.status,
          .attempts = row.attempts,
          .next_at = text_of(row.next),
          .last_code = row.code,
          .last_error = row.error,
          .provider_id = row.provider,
          .created_at = time_text(row.created),
          .done_at = text_of(row.done)};
}

void MessageView::describe(Schema<MessageView>& s) {
  s.summary("A message and its deliveries.");
  s.field("id", &MessageView::id, "Which.");
  s.field("status", &MessageView::status,
          "`queued`, `sent`, `failed`, `cancelled`, `suppressed` or `expired`.");
  s.field("to", &MessageView::to, "A user's id, or an address.");
  s.field("template", &MessageView::template_key, "In which words.");
  s.field("template_version", &MessageView::template_version, "0: those that are built in.");
  s.field("locale", &MessageView::locale, "In which language.");
  s.field("data", &MessageView::data, "What the template fills in; nothing where it is secret.");
  s.field("category", &MessageView::category, "What the recipient may turn off.");
  s.field("send_at", &MessageView::send_at, "Not before that.");
  s.field("created_at", &MessageView::created_at, "When it was accepted.");
  s.field("created_by", &MessageView::created_by, "From whom.");
  s.field("deliveries", &MessageView::deliveries, "Its ways.");
}

MessageView view_of(const MessageRow& row) {
  return {.id = row.id,
          .status = row.status,
          .to = row.recipient,
          .template_key = row.template_key,
          .template_version = row.template_version,
          .locale = row.locale,
          .data = row.sealed ? std::nullopt : std::optional(Json{row.data}),
          .category = row.category,
          .send_at = time_text(row.send_at),
          .created_at = time_text(row.created),
          .created_by = row.created_by,
          .deliveries = {}};
}

void MessageList::describe(Schema<MessageList>& s) {
  s.summary("Messages, the newest first.");
  s.field("items", &MessageList::items, "A page of them.");
  s.field("next", &MessageList::next, "The cursor of the next page.");
}

void DeliveryList::describe(Schema<DeliveryList>& s) {
  s.summary("Deliveries, the newest first.");
  s.field("items", &DeliveryList::items, "A page of them.");
  s.field("next", &DeliveryList::next, "The cursor of the next page.");
}

}  // namespace portico::notify

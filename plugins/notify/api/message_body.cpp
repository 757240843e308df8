// SPDX-License-Identifier: Apache-2.0
#include "api/message_body.h"

#include "shared/json_out.h"
#include "shared/refusal.h"
#include "shared/time_text.h"

namespace portico::notify {
namespace {

constexpr std::string_view ContentTemplate = "notify.message";

Time time_of_field(const std::string& text, std::string_view name) {
  if (text.empty()) return Time(0);
  const auto time = parse_time(text);
  if (time) return *time;
  throw Refusal::of_field("/" + std::string(name), "time_invalid",
                          "`" + std::string(name) + "` is a time like 2026-01-31T09:05:00Z.");
}

std::string data_of(const ContentBody& content) {
  JsonOut out;
  out.begin_object().member("title", content.title).member("body", content.body);
  out.text_member("link", content.link.value_or(""));
  out.text_member("label", content.link_label.value_or(""));
  out.end_object();
  return std::string(out.text());
}

std::optional<std::string> text_of(const std::optional<Time>& time) {
  return time ? std::optional(time_text(*time)) : std::nullopt;
}

}  // namespace

void RecipientBody::describe(Schema<RecipientBody>& s) {
  s.summary("Who gets it: one of these.");
  s.field("user_id", &RecipientBody::user_id, "A user.").max(64);
  s.field("email", &RecipientBody::email, "An address of mail.").max(254);
  s.field("address", &RecipientBody::address, "An address of another channel.").max(254);
}

void ContentBody::describe(Schema<ContentBody>& s) {
  s.summary("What is said, without a template of one's own.");
  s.field("title", &ContentBody::title, "One line.").required().min(1).max(200);
  s.field("body", &ContentBody::body, "The text.").required().min(1).max(20'000);
  s.field("link", &ContentBody::link, "Where more is.").max(2048);
  s.field("link_label", &ContentBody::link_label, "What the link is called.").max(100);
}

void MessageBody::describe(Schema<MessageBody>& s) {
  s.summary("A message.");
  s.field("to", &MessageBody::to, "Who gets it.").required();
  s.field("template", &MessageBody::template_key, "The key of a template.").max(100);
  s.field("content", &MessageBody::content, "Or what is said.");
  s.field("data", &MessageBody::data, "What the template fills in: an object.");
  s.field("channels", &MessageBody::channels, "By which ways; by mail where nothing is said.")
      .max(10);
  s.field("send_at", &MessageBody::send_at, "Not before that time.").max(40);
  s.field("expires_at", &MessageBody::expires_at, "After that it is of no use.").max(40);
  s.field("locale", &MessageBody::locale, "The user's where nothing is said.").max(35);
  s.field("category", &MessageBody::category, "What the recipient may turn off.").max(40);
  s.field("priority", &MessageBody::priority, "What goes first.")
      .names({{"high", JobPriority::High},
              {"normal", JobPriority::Normal},
              {"low", JobPriority::Low}});
  s.field("dedupe_key", &MessageBody::dedupe_key,
          "One with the same key to the same recipient was accepted within a day: this is not.")
      .max(200);
}

Draft MessageBody::draft(const std::string& created_by) const {
  if (template_key.empty() == !content.has_value()) {
    throw Refusal::of_field("/template", "content_invalid",
                            "Write one of `template` and `content`.");
  }
  if (content && !data.text.empty()) {
    throw Refusal::of_field("/data", "content_invalid", "`data` goes with a `template`.");
  }
  const int ways =
      (to.user_id.empty() ? 0 : 1) + (to.email.empty() ? 0 : 1) + (to.address.empty() ? 0 : 1);
  if (ways != 1) {
    throw Refusal::of_field("/to", "recipient_invalid",
                            "Name one recipient: `user_id`, `email` or `address`.");
  }
  Draft draft{.user = to.user_id,
              .address = to.email.empty() ? to.address : to.email,
              .channels = channels,
              .template_key = content ? std::string(ContentTemplate) : template_key,
              .locale = locale,
              .category = category,
              .dedupe = dedupe_key,
              .priority = priority,
              .send_at = time_of_field(send_at, "send_at"),
              .created_by = created_by};
  if (content) draft.data = data_of(*content);
  if (!content && !data.text.empty()) draft.data = data.text;
  if (!expires_at.empty()) draft.expires = time_of_field(expires_at, "expires_at");
  return draft;
}

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

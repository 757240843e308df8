// SPDX-License-Identifier: Apache-2.0
#include "message/message_form.h"

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
  describe_message(s);
  s.field("send_at", &MessageBody::send_at, "Not before that time.").max(40);
  s.field("expires_at", &MessageBody::expires_at, "After that it is of no use.").max(40);
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

}  // namespace portico::notify

// SPDX-License-Identifier: Apache-2.0
#include "sendgrid/mail_send.h"

#include "sendgrid/checks.h"

#include <stdexcept>
#include <string_view>

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

namespace portico::notify::sendgrid {
namespace {

class Body {
 public:
  void begin(std::string_view name) {
    key(name);
    writer_.StartObject();
  }
  void begin() { writer_.StartObject(); }
  void end() { writer_.EndObject(); }
  void begin_list(std::string_view name) {
    key(name);
    writer_.StartArray();
  }
  void end_list() { writer_.EndArray(); }

  void member(std::string_view name, std::string_view text) {
    key(name);
    string(text);
  }
  void no(std::string_view name) {
    key(name);
    writer_.Bool(false);
  }
  void person(const Person& person) {
    member("email", person.email);
    if (!person.name.empty()) member("name", person.name);
  }

  [[nodiscard]] std::string text() const { return {buffer_.GetString(), buffer_.GetSize()}; }

 private:
  /// False comes of bytes that are not UTF-8.
  void string(std::string_view text) {
    if (!writer_.String(text.data(), static_cast<rapidjson::SizeType>(text.size()))) {
      throw std::invalid_argument("a text of the mail is not UTF-8");
    }
  }
  void key(std::string_view name) {
    if (!writer_.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()))) {
      throw std::invalid_argument("a name in the mail is not UTF-8");
    }
  }

  rapidjson::StringBuffer buffer_;
  rapidjson::Writer<rapidjson::StringBuffer, rapidjson::UTF8<>, rapidjson::UTF8<>,
                    rapidjson::CrtAllocator, rapidjson::kWriteValidateEncodingFlag>
      writer_{buffer_};
};

void write_recipient(Body& body, const MailParts& parts) {
  body.begin_list("personalizations");
  body.begin();
  body.begin_list("to");
  body.begin();
  body.person(parts.to);
  body.end();
  body.end_list();
  body.begin("custom_args");
  body.member("delivery", parts.delivery);
  body.end();
  body.end();
  body.end_list();
}

void write_content(Body& body, std::string_view type, std::string_view text) {
  if (text.empty()) return;
  body.begin();
  body.member("type", type);
  body.member("value", text);
  body.end();
}

void write_headers(Body& body, const MailParts& parts) {
  if (parts.id.empty() && parts.list_unsubscribe.empty() && parts.headers.empty()) return;
  body.begin("headers");
  if (!parts.id.empty()) body.member("Message-ID", "<" + parts.id + ">");
  if (!parts.list_unsubscribe.empty()) {
    body.member("List-Unsubscribe", "<" + parts.list_unsubscribe + ">");
    body.member("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
  }
  for (const auto& [name, value] : parts.headers) body.member(name, value);
  body.end();
}

void write_tracking(Body& body) {
  body.begin("tracking_settings");
  body.begin("click_tracking");
  body.no("enable");
  body.no("enable_text");
  body.end();
  for (const std::string_view kind : {"open_tracking", "subscription_tracking"}) {
    body.begin(kind);
    body.no("enable");
    body.end();
  }
  body.end();
}

}  // namespace

std::string mail_send_body(const MailParts& parts) {
  check_parts(parts);
  Body body;
  body.begin();
  write_recipient(body, parts);
  body.begin("from");
  body.person(parts.from);
  body.end();
  if (parts.reply_to) {
    body.begin("reply_to");
    body.person(*parts.reply_to);
    body.end();
  }
  body.member("subject", parts.subject);
  // The service refuses them in another order.
  body.begin_list("content");
  write_content(body, "text/plain", parts.text);
  write_content(body, "text/html", parts.html);
  body.end_list();
  write_headers(body, parts);
  write_tracking(body);
  body.end();
  return body.text();
}

}  // namespace portico::notify::sendgrid

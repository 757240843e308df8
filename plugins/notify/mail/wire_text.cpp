// SPDX-License-Identifier: Apache-2.0
#include "mail/wire_text.h"

#include "mail/body.h"
#include "mail/characters.h"
#include "mail/date.h"
#include "mail/header.h"
#include "shared/code_points.h"

#include <algorithm>
#include <stdexcept>
#include <string_view>

namespace portico::notify {
namespace {

// Neither encoding writes "=_": the boundary cannot occur in a part.
constexpr std::string_view Boundary = "=_next_part";
constexpr std::size_t MostId = 200;
constexpr std::size_t MostUrl = 900;

/// Atoms with dots between them.
bool is_dotted(std::string_view text) {
  if (text.empty() || text.front() == '.' || text.back() == '.' ||
      text.find("..") != std::string_view::npos) {
    return false;
  }
  return std::ranges::all_of(text, [](char c) { return c == '.' || mail::is_atom(c); });
}

bool is_message_id(std::string_view id) {
  const std::size_t at = id.find('@');
  return id.size() <= MostId && at != std::string_view::npos && is_dotted(id.substr(0, at)) &&
         is_dotted(id.substr(at + 1));
}

bool is_https(std::string_view url) {
  constexpr std::string_view Scheme = "https://";
  // A comma or a closing bracket would begin another URL of the list.
  return url.starts_with(Scheme) && url.size() > Scheme.size() && url.size() <= MostUrl &&
         std::ranges::all_of(url, [](char c) {
           return c > ' ' && c <= '~' &&
                  std::string_view("<>\"\\^`{|},").find(c) == std::string_view::npos;
         });
}

void require(bool holds, const char* otherwise) {
  if (!holds) throw std::invalid_argument(otherwise);
}

void append_routing(mail::Header& header, const MailMessage& message) {
  header.line("Date", mail::date_text(message.date));
  header.mailbox("From", message.from.name, message.from.address);
  header.mailbox("To", message.to_name, message.to);
  if (message.reply_to) {
    header.mailbox("Reply-To", message.reply_to->name, message.reply_to->address);
  }
  header.text("Subject", message.subject);
  require(is_message_id(message.id), "Message-ID: the id is not of the form \"id@domain\".");
  header.line("Message-ID", "<" + message.id + ">");
}

void append_extras(mail::Header& header, const MailMessage& message) {
  if (!message.list_unsubscribe.empty()) {
    require(is_https(message.list_unsubscribe), "List-Unsubscribe: this is no https URL.");
    header.line("List-Unsubscribe", "<" + message.list_unsubscribe + ">");
    header.line("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
  }
  header.line("Auto-Submitted", "auto-generated");
  for (const auto& [name, value] : message.headers) header.custom(name, value);
  header.line("MIME-Version", "1.0");
}

/// Its encoded text goes behind `header`.
std::string part(mail::Header header, std::string_view type, std::string_view text) {
  const mail::EncodedBody body = mail::encode_body(text);
  header.line("Content-Type", std::string("text/").append(type).append("; charset=utf-8"));
  header.line("Content-Transfer-Encoding", body.encoding);
  return header.bytes() + body.bytes;
}

std::string alternatives(mail::Header header, const MailMessage& message) {
  const std::string mark = std::string("--").append(Boundary);
  header.line("Content-Type",
              std::string("multipart/alternative; boundary=\"").append(Boundary).append("\""));
  return header.bytes() + mark + "\r\n" + part({}, "plain", message.text) + "\r\n" + mark + "\r\n" +
         part({}, "html", message.html) + "\r\n" + mark + "--\r\n";
}

}  // namespace

std::string wire_text(const MailMessage& message) {
  require(is_utf8(message.text), "The text of the message is not UTF-8.");
  require(is_utf8(message.html), "The HTML of the message is not UTF-8.");
  mail::Header header;
  append_routing(header, message);
  append_extras(header, message);
  if (message.html.empty()) return part(std::move(header), "plain", message.text);
  if (message.text.empty()) return part(std::move(header), "html", message.html);
  return alternatives(std::move(header), message);
}

}  // namespace portico::notify

// SPDX-License-Identifier: Apache-2.0
#include "sendgrid/checks.h"

#include "shared/ascii.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <stdexcept>

namespace portico::notify::sendgrid {
namespace {

/// RFC 5322: of a line.
constexpr std::size_t MostValue = 998;

/// What SendGrid refuses, and what is made of the other parts.
constexpr std::array<std::string_view, 13> Reserved{"bcc",
                                                    "cc",
                                                    "date",
                                                    "dkim-signature",
                                                    "from",
                                                    "list-unsubscribe",
                                                    "list-unsubscribe-post",
                                                    "message-id",
                                                    "mime-version",
                                                    "received",
                                                    "reply-to",
                                                    "subject",
                                                    "to"};
constexpr std::array<std::string_view, 3> ReservedBegins{"content-", "x-sg-", "x-smtpapi"};

[[noreturn]] void refuse(const char* why) { throw std::invalid_argument(why); }

/// RFC 5322 ftext.
bool is_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(),
                                      [](char c) { return c > ' ' && c <= '~' && c != ':'; });
}

bool is_reserved(std::string_view name) {
  const std::string small = in_small_letters(name);
  return std::ranges::find(Reserved, small) != Reserved.end() ||
         std::ranges::any_of(ReservedBegins,
                             [&small](std::string_view each) { return small.starts_with(each); });
}

void check_address(std::string_view email) {
  const auto plain = [](char c) {
    return c > ' ' && c <= '~' &&
           std::string_view("<>,;:\"()[]\\").find(c) == std::string_view::npos;
  };
  if (std::count(email.begin(), email.end(), '@') != 1 ||
      !std::all_of(email.begin(), email.end(), plain)) {
    refuse("this is no address of a mailbox");
  }
}

void check_person(const Person& person) {
  check_address(person.email);
  check_line(person.name);
}

bool is_printable(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

}  // namespace

void check_line(std::string_view text) {
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f) refuse("a line of the mail has a control character");
  }
  for (const std::string_view end : {"\xc2\x85", "\xe2\x80\xa8", "\xe2\x80\xa9"}) {
    if (text.find(end) != std::string_view::npos) refuse("a line of the mail has an end in it");
  }
}

void check_header(std::string_view name, std::string_view value) {
  if (!is_name(name) || is_reserved(name)) refuse("this header cannot be given to the service");
  if (value.empty() || value.size() > MostValue || !is_printable(value)) {
    refuse("the value of a header is not in ASCII, or too long");
  }
}

void check_parts(const MailParts& parts) {
  check_person(parts.from);
  check_person(parts.to);
  if (parts.reply_to) check_person(*parts.reply_to);
  if (parts.subject.empty()) refuse("the mail has no subject");
  check_line(parts.subject);
  if (parts.text.empty() && parts.html.empty()) refuse("the mail has no text");
  if (!parts.id.empty()) check_address(parts.id);
  const auto& url = parts.list_unsubscribe;
  if (!url.empty() && (!url.starts_with("https://") || !is_printable(url) ||
                       url.find_first_of(" <>,") != std::string::npos)) {
    refuse("the URL to unsubscribe is none");
  }
  check_line(parts.delivery);
  for (const auto& [name, value] : parts.headers) check_header(name, value);
}

}  // namespace portico::notify::sendgrid

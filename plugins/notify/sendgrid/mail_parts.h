// SPDX-License-Identifier: Apache-2.0
// A mail in parts, for a service that writes the message itself. A value. All texts are UTF-8.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace portico::notify::sendgrid {

struct Person {
  std::string email;
  std::string name{};  ///< May be empty.
};

struct MailParts {
  Person from;
  Person to;
  std::optional<Person> reply_to{};
  std::string subject;
  std::string text;
  std::string html{};              ///< May be empty, or else `text`.
  std::string id{};                ///< Of Message-ID, without <>. Empty: the service makes one.
  std::string list_unsubscribe{};  ///< The URL of one click (RFC 8058). Empty: none.
  std::string delivery;            ///< Which of ours it is: the service's events name it.
  std::vector<std::pair<std::string, std::string>> headers{};  ///< More of them, in ASCII.
};

}  // namespace portico::notify::sendgrid

// SPDX-License-Identifier: Apache-2.0
// One message of mail to one recipient, before it has a form. A value.
#pragma once

#include "mail/address.h"

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace portico::notify {

struct MailMessage {
  Mailbox from;
  Address to;
  std::string to_name{};  ///< Empty: none.
  std::optional<Mailbox> reply_to{};
  std::string subject{};
  std::string text{};
  std::string html{};  ///< Empty: none.
  std::string id{};    ///< Of Message-ID, without <>: "0190a7c2@example.com".
  std::chrono::system_clock::time_point date{};
  /// An https URL that answers a POST (RFC 8058); empty: none.
  std::string list_unsubscribe{};
  /// More fields: none of those that say who sent what to whom and how it is to be read.
  std::vector<std::pair<std::string, std::string>> headers{};
};

}  // namespace portico::notify

// SPDX-License-Identifier: Apache-2.0
// A link and a code that somebody is sent to show that an address is theirs. Made before the
// transaction that keeps their digests, which may begin again.
#pragma once

#include "account/mails.h"
#include "account/parts.h"
#include "session/one_time_tokens.h"

#include <string>
#include <string_view>

namespace portico::auth {

class MailedSecret {
 public:
  enum class With : std::uint8_t { Link, LinkAndCode };

  MailedSecret(const Parts& parts, Purpose purpose, std::string user, With with);

  /// In place of the user's older one.
  void keep(Transaction& db, Time now) const;
  [[nodiscard]] Mail mail(std::string_view about, std::string_view to,
                          std::string_view locale) const;

 private:
  const Parts& parts_;
  const Purpose purpose_;
  const std::string user_;
  std::string id_;
  std::string token_;
  std::string code_;  // Empty: none.
};

}  // namespace portico::auth

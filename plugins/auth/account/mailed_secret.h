// SPDX-License-Identifier: Apache-2.0
// A link and a code that somebody is sent to show that an address is theirs. Each attempt of a
// transaction may make one anew: what is mailed is that of the attempt that was committed.
#pragma once

#include "account/account_settings.h"
#include "account/mails.h"
#include "session/one_time_tokens.h"

#include <string>
#include <string_view>

namespace portico::auth {

class MailedSecret {
 public:
  /// Where what it is made of comes from.
  struct Source {
    Host& host;
    const AccountSettings& settings;
  };

  /// A link.
  MailedSecret(Source source, Purpose purpose, std::string user);
  /// A link and a code, whose digest takes that key.
  MailedSecret(Source source, Purpose purpose, std::string user, const Digest& code_key);

  /// In place of the user's older one. Of nobody: a row as good, that nobody can show.
  void keep(Transaction& db, Time now) const;
  [[nodiscard]] Mail mail(std::string_view about, std::string_view to,
                          std::string_view locale) const;

 private:
  const Source source_;
  const Purpose purpose_;
  const std::string user_;
  std::string id_;
  std::string token_;
  std::string code_;  // Empty: none.
  Digest code_digest_{};
};

}  // namespace portico::auth

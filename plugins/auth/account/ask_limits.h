// SPDX-License-Identifier: Apache-2.0
// How often somebody may sign up or have a mail sent, and how many mails an address gets. A refusal
// to a sender shows, for it does not hang on any account; one to an address does not. Any thread
// that may block.
#pragma once

#include "account/account_settings.h"
#include "store/digest.h"
#include "throttle/tallies.h"
#include <portico/sql.h>

#include <string_view>

namespace portico::auth {

class AskLimits {
 public:
  AskLimits(const Digest& key, const ThrottleSettings& settings);

  /// What is asked for. Mails have no limit for everybody: who fills it would keep all others from
  /// their accounts, and each account has one of its own.
  enum class What : std::uint8_t { SignUp, Mail };

  /// How long they have to wait; zero: not at all. Before anything dear is done.
  [[nodiscard]] Time wait(Reader& db, What what, std::string_view address, Time now) const;
  /// In the transaction of what was asked for.
  void count(Transaction& db, What what, std::string_view address, Time now) const;
  /// Whether that account gets one more mail of this kind, which is counted.
  [[nodiscard]] bool may_mail(Transaction& db, std::string_view about, std::string_view account,
                              Time now) const;

 private:
  struct Keys {
    TallyKey address;
    TallyKey everyone;
  };
  [[nodiscard]] Keys keys_of(std::string_view address) const;

  const Digest& key_;
  Bucket address_;
  Bucket everyone_;
  Quota mails_;
};

}  // namespace portico::auth

// SPDX-License-Identifier: Apache-2.0
// Hands the mails that wait in the outbox to whoever delivers such things, where somebody does.
// What was sealed is opened there, and sealed again by the other side.
#pragma once

#include "account/account_settings.h"
#include <portico/host.h>
#include <portico/jobs.h>
#include <portico/notify.h>

namespace portico::auth {

class MailDelivery {
 public:
  /// Mails of more than this ago are of no use: what is in them has expired.
  static constexpr std::chrono::hours StillOfUse{24};

  MailDelivery(const AccountSettings& settings, Host& host);

  /// Throws std::runtime_error where the two keep their rows in different databases.
  void start();

 private:
  void deliver(Transaction& db, const Event& event);

  const AccountSettings& settings_;
  Host& host_;
  Jobs& jobs_;
  const Host::Service<Notifications> notifications_;
};

}  // namespace portico::auth

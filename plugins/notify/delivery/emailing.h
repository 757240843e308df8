// SPDX-License-Identifier: Apache-2.0
// Delivers by mail: one job, one mail. On threads of the jobs.
#pragma once

#include "delivery/mailer.h"
#include "delivery/preparation.h"
#include "mail/address.h"
#include <portico/host.h>
#include <portico/jobs.h>

#include <optional>

namespace portico::notify {

class Emailing {
 public:
  struct Sender {
    Mailbox from;
    std::optional<Mailbox> reply_to;
  };
  Emailing(const Preparation& preparation, Sender sender, Host& host)
      : preparation_(preparation), sender_(std::move(sender)), host_(host) {}

  void work(Job job, Mailer& mailer) const;

 private:
  [[nodiscard]] std::optional<MailMessage> mail_of(const Prepared& prepared) const;

  const Preparation& preparation_;
  const Sender sender_;
  Host& host_;
};

}  // namespace portico::notify

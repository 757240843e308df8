// SPDX-License-Identifier: Apache-2.0
// Delivers by mail: one job, one mail. On threads of the jobs. While whoever takes mails is away,
// the jobs rest: that is no attempt of any of them.
#pragma once

#include "delivery/circuit.h"
#include "delivery/mailer.h"
#include "delivery/preparation.h"
#include "mail/address.h"
#include <portico/host.h>
#include <portico/jobs.h>
#include <portico/metrics.h>

#include <optional>

namespace portico::notify {

class Emailing {
 public:
  struct Sender {
    Mailbox from;
    std::optional<Mailbox> reply_to;
  };
  Emailing(const Preparation& preparation, Sender sender, Host& host, Jobs& jobs);

  void work(Job job, Mailer& mailer);

 private:
  [[nodiscard]] std::optional<MailMessage> mail_of(const Prepared& prepared) const;
  void nobody_there(Job& job, const Outgoing& outgoing, const Sending& sending);

  const Preparation& preparation_;
  const Sender sender_;
  Host& host_;
  Jobs& jobs_;
  Circuit circuit_;
  Gauge& up_;
};

}  // namespace portico::notify

// SPDX-License-Identifier: Apache-2.0
// Mails by a mail server, no faster to one domain than the file says.
#pragma once

#include "delivery/mailer.h"
#include "settings.h"
#include "smtp/domain_limits.h"
#include "smtp/pool.h"

#include <string>

namespace portico::notify {

/// What the file says, with the defaults that hang on the sender. A sentence where it makes no
/// sense.
[[nodiscard]] SmtpServer server_of(const SmtpSettings& settings, const Mailbox& from);

class SmtpMailer final : public Mailer {
 public:
  SmtpMailer(const SmtpSettings& settings, const DomainSettings& domains, const Mailbox& from);

  [[nodiscard]] Sending send(const MailMessage& mail, const std::string& id) override;
  void close_idle() override { pool_.close_idle(); }

 private:
  const Address sender_;
  DomainLimits limits_;
  SmtpPool pool_;
};

}  // namespace portico::notify

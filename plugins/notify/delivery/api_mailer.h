// SPDX-License-Identifier: Apache-2.0
// Mails by a provider's API, in the form of SendGrid's v3.
#pragma once

#include "delivery/mailer.h"
#include "settings.h"
#include <portico/host.h>

#include <string>

namespace portico::notify {

class ApiMailer final : public Mailer {
 public:
  ApiMailer(const MailApiSettings& settings, Host& host) : settings_(settings), host_(host) {}

  [[nodiscard]] Sending send(const MailMessage& mail, const std::string& id) override;

 private:
  const MailApiSettings settings_;
  Host& host_;
};

}  // namespace portico::notify

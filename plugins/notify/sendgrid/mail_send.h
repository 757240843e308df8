// SPDX-License-Identifier: Apache-2.0
// The body of SendGrid's POST /v3/mail/send. Pure.
#pragma once

#include "sendgrid/mail_parts.h"

#include <string>

namespace portico::notify::sendgrid {

/// JSON. Links and openings are not tracked, whatever the account says: a link that the service
/// rewrites hands our one-time tokens to it.
///
/// Throws std::invalid_argument for what cannot be sent: broken UTF-8, controls in what is one
/// line, no subject or no text, a header that the service writes itself.
[[nodiscard]] std::string mail_send_body(const MailParts& parts);

}  // namespace portico::notify::sendgrid

// SPDX-License-Identifier: Apache-2.0
// What may stand in a mail that somebody else writes: he puts our texts into its head. Pure; each
// throws std::invalid_argument for a fault.
#pragma once

#include "sendgrid/mail_parts.h"

#include <string_view>

namespace portico::notify::sendgrid {

/// One line: no controls, and no separators of lines that are none in ASCII.
void check_line(std::string_view text);
void check_header(std::string_view name, std::string_view value);
void check_parts(const MailParts& parts);

}  // namespace portico::notify::sendgrid

// SPDX-License-Identifier: Apache-2.0
// A message in the form in which it travels (RFC 5322, MIME). Any thread.
#pragma once

#include "mail/message.h"

#include <string>

namespace portico::notify {

/// ASCII with CRLF behind every line, whatever came in. Lines have at most 76 characters, except a
/// field's with an address or URL that is longer. Dots are not stuffed. The same message gives the
/// same bytes.
///
/// Throws std::invalid_argument, with a sentence, where something cannot be written: a control
/// character, U+2028 or U+2029 in a field, what is not UTF-8, a name of a field that is not free.
[[nodiscard]] std::string wire_text(const MailMessage& message);

}  // namespace portico::notify

// SPDX-License-Identifier: Apache-2.0
// What is said before the first message: greeting, EHLO, STARTTLS, AUTH. One thread at a time.
#pragma once

#include "smtp/conversation.h"
#include "smtp/extensions.h"
#include "smtp/outcome.h"
#include "smtp/server.h"
#include "smtp/tls.h"

#include <optional>

namespace portico::notify::smtp {

class Opening {
 public:
  /// All must outlive it.
  Opening(Conversation& conversation, const SmtpServer& server, const TlsContext& context) noexcept
      : conversation_(conversation), server_(server), context_(context) {}

  /// Why it came to nothing. Nothing where messages may follow. Throws ConnectionFault.
  [[nodiscard]] std::optional<SmtpOutcome> run();
  /// As the server told them last.
  [[nodiscard]] const Extensions& extensions() const noexcept { return extensions_; }

 private:
  [[nodiscard]] std::optional<SmtpOutcome> hear_greeting();
  [[nodiscard]] std::optional<SmtpOutcome> say_hello();
  [[nodiscard]] std::optional<SmtpOutcome> start_tls();

  Conversation& conversation_;
  const SmtpServer& server_;
  const TlsContext& context_;
  Extensions extensions_;
};

}  // namespace portico::notify::smtp

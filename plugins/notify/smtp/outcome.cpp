// SPDX-License-Identifier: Apache-2.0
#include "smtp/outcome.h"

#include <array>
#include <cstddef>

namespace portico::notify {

bool SmtpOutcome::recipient_is_gone() const noexcept {
  if (kind != Kind::Never || step != Step::Recipient) return false;
  // 5.1.7 and 5.1.8 are about the sender's address.
  if (!enhanced.empty()) {
    return (enhanced.starts_with("5.1.") && enhanced != "5.1.7" && enhanced != "5.1.8") ||
           enhanced == "5.2.1";
  }
  return code == 550 || code == 551 || code == 553;
}

std::string_view name_of(SmtpOutcome::Kind kind) noexcept {
  constexpr std::array<std::string_view, 4> Names{"sent", "later", "never", "unreachable"};
  return Names[static_cast<std::size_t>(kind)];
}

std::string_view name_of(SmtpOutcome::Step step) noexcept {
  constexpr std::array<std::string_view, 10> Names{"connection", "greeting", "hello",  "tls",
                                                   "login",      "reset",    "sender", "recipient",
                                                   "data",       "message"};
  return Names[static_cast<std::size_t>(step)];
}

}  // namespace portico::notify

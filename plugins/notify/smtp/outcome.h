// SPDX-License-Identifier: Apache-2.0
// What became of a message that was to be handed to a mail server. A value.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace portico::notify {

struct SmtpOutcome {
  enum class Kind : std::uint8_t {
    Sent,         ///< The server has it.
    Later,        ///< The server says "not now", or its last answer was lost: then it may have the
                  ///< message.
    Never,        ///< The server will not have this message for this recipient.
    Unreachable,  ///< It did not come to that: the same holds for every message.
  };
  /// What was under way.
  enum class Step : std::uint8_t {
    Connection,
    Greeting,
    Hello,
    Tls,
    Login,
    Reset,
    Sender,
    Recipient,
    Data,
    Message
  };

  Kind kind = Kind::Unreachable;
  Step step = Step::Connection;
  int code = 0;            ///< Of the reply; 0: there was none.
  std::string enhanced{};  ///< "4.7.1" (RFC 3463), where the reply has one.
  std::string said{};  ///< The reply's text or a sentence of ours: printable ASCII, up to 1 KiB.
  std::string queue_id{};  ///< Under which the server has it, where it says so.

  /// A hard bounce: it is the recipient's mailbox that there is not, not the message that is not
  /// wanted. Another message to this address will fare no better.
  [[nodiscard]] bool recipient_is_gone() const noexcept;
};

/// "sent", "later", "never", "unreachable".
[[nodiscard]] std::string_view name_of(SmtpOutcome::Kind kind) noexcept;
/// "connection", "greeting", ...
[[nodiscard]] std::string_view name_of(SmtpOutcome::Step step) noexcept;

}  // namespace portico::notify

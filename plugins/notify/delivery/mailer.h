// SPDX-License-Identifier: Apache-2.0
// Who takes a mail. Blocks; any number of threads at once.
#pragma once

#include "mail/message.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace portico::notify {

/// What became of one attempt, whatever the channel.
struct Sending {
  enum class Kind : std::uint8_t {
    Sent,
    Later,
    Never,
    Busy,         ///< It was not this one's turn: no attempt was made.
    Unreachable,  ///< Nobody was there to take it, or any other.
  };
  Kind kind = Kind::Later;
  std::string code{};
  std::string said{};
  std::string provider_id{};
  bool address_is_gone = false;  ///< It will take nothing else either.
  bool endpoint_wants_no_more = false;
  std::optional<std::chrono::milliseconds> after{};
};

class Mailer {
 public:
  Mailer() = default;
  Mailer(const Mailer&) = delete;
  Mailer& operator=(const Mailer&) = delete;
  virtual ~Mailer() = default;

  /// `id`: of the delivery, the same at each attempt.
  [[nodiscard]] virtual Sending send(const MailMessage& mail, const std::string& id) = 0;
  /// Closes connections that nobody has used for a while.
  virtual void close_idle() {}
};

}  // namespace portico::notify

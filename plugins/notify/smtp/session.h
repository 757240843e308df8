// SPDX-License-Identifier: Apache-2.0
// One connection to a mail server, for messages one after the other. Every wait is bounded. One
// thread at a time.
#pragma once

#include "mail/address.h"
#include "smtp/addresses.h"
#include "smtp/conversation.h"
#include "smtp/extensions.h"
#include "smtp/outcome.h"
#include "smtp/server.h"
#include "smtp/tls.h"
#include "smtp/waiting.h"

#include <cstddef>
#include <memory>
#include <string_view>
#include <variant>
#include <vector>

namespace portico::notify::smtp {

struct Envelope {
  const Address& from;
  const Address& to;
};

/// What it takes to open a session. All must outlive the sessions.
struct Parts {
  const SmtpServer& server;
  const TlsContext& context;
  AddressLookup& lookup;
  const Interrupt& interrupt;
};

class Session {
 public:
  using Step = SmtpOutcome::Step;

  /// Looks up, connects, greets, encrypts and logs in; or says why not.
  [[nodiscard]] static std::variant<std::unique_ptr<Session>, SmtpOutcome> open(
      const Parts& parts, const Deadline& deadline);

  Session(Conversation conversation, const Extensions& extensions) noexcept;
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session();

  /// Requires `is_wire(wire)` and `usable()`. From the second message on it begins with RSET; an
  /// outcome at Step::Reset says that the server had gone meanwhile, and has nothing of this one.
  [[nodiscard]] SmtpOutcome send(const Envelope& envelope, std::string_view wire,
                                 const Deadline& deadline);

  /// Whether another message may follow.
  [[nodiscard]] bool usable() const noexcept { return usable_; }
  /// Whether the server has not gone and has not said anything since the last message.
  [[nodiscard]] bool quiet() const noexcept { return conversation_.quiet(); }
  /// That were begun on it.
  [[nodiscard]] std::size_t messages() const noexcept { return messages_; }

 private:
  struct Command;

  [[nodiscard]] SmtpOutcome transact(const Envelope& envelope, std::string_view wire);
  [[nodiscard]] std::vector<Command> commands(const Envelope& envelope, std::size_t size) const;
  [[nodiscard]] std::optional<SmtpOutcome> say(const std::vector<Command>& commands);
  [[nodiscard]] SmtpOutcome hand_over(std::string_view wire);

  Conversation conversation_;
  Extensions extensions_;
  std::size_t messages_ = 0;
  bool usable_ = true;
  bool handed_over_ = false;
};

}  // namespace portico::notify::smtp

// SPDX-License-Identifier: Apache-2.0
#include "smtp/session.h"

#include "smtp/connection_fault.h"
#include "smtp/dialing.h"
#include "smtp/opening.h"
#include "smtp/wire.h"

#include <optional>
#include <string>
#include <utility>

namespace portico::notify::smtp {
namespace {

using Kind = SmtpOutcome::Kind;
using Step = SmtpOutcome::Step;

bool is_yes(const Reply& reply, Step step) noexcept {
  return step == Step::Data ? reply.code == 354 : reply.positive();
}

/// Whether the server, which has not said yes, is still in step with us, and stays.
bool may_go_on(const Reply& reply) noexcept { return reply.code >= 400 && reply.code != 421; }

/// "queued as 4F2" (Postfix), "OK id=1rX-y" (Exim), and what resembles them.
std::string queue_id_of(const Reply& reply) {
  const std::string text = reply.text();
  for (const std::string_view mark : {"queued as ", "id="}) {
    const std::size_t at = text.find(mark);
    if (at == std::string::npos) continue;
    const std::string_view rest = std::string_view(text).substr(at + mark.size());
    return std::string(rest.substr(0, rest.find_first_of(" ;,)")));
  }
  return {};
}

}  // namespace

struct Session::Command {
  Step step;
  std::string line;
};

std::variant<std::unique_ptr<Session>, SmtpOutcome> Session::open(const Parts& parts,
                                                                  const Deadline& deadline) {
  std::optional<Conversation> conversation;
  try {
    const Deadline connected = deadline.within(parts.server.connect_timeout);
    const auto addresses = parts.lookup.find(connected, parts.interrupt);
    conversation.emplace(Channel(dial(addresses, connected, parts.interrupt), parts.interrupt),
                         parts.server.timeout, deadline);
    Opening opening(*conversation, parts.server, parts.context);
    if (auto fault = opening.run()) {
      conversation->leave();
      return *std::move(fault);
    }
    return std::make_unique<Session>(*std::move(conversation), opening.extensions());
  } catch (const ConnectionFault& fault) {
    return unreachable(conversation ? conversation->step() : Step::Connection, fault.what());
  }
}

Session::Session(Conversation conversation, const Extensions& extensions) noexcept
    : conversation_(std::move(conversation)), extensions_(extensions) {}

Session::~Session() {
  if (usable_) conversation_.leave();
}

SmtpOutcome Session::send(const Envelope& envelope, std::string_view wire,
                          const Deadline& deadline) {
  conversation_.limit(deadline);
  handed_over_ = false;
  try {
    return transact(envelope, wire);
  } catch (const ConnectionFault& fault) {
    usable_ = false;
    SmtpOutcome outcome = unreachable(conversation_.step(), fault.what());
    // The server may have taken it; to say anything else than "later" would be to guess.
    if (handed_over_) outcome.kind = Kind::Later;
    return outcome;
  }
}

SmtpOutcome Session::transact(const Envelope& envelope, std::string_view wire) {
  if (extensions_.most_size != 0 && wire.size() > extensions_.most_size) {
    return {.kind = Kind::Never,
            .step = Step::Sender,
            .enhanced = "5.3.4",
            .said = "The message has " + std::to_string(wire.size()) +
                    " bytes; the mail server takes " + std::to_string(extensions_.most_size) + "."};
  }
  const auto to_say = commands(envelope, wire.size());
  ++messages_;
  if (auto refused = say(to_say)) return *std::move(refused);
  return hand_over(wire);
}

std::vector<Session::Command> Session::commands(const Envelope& envelope, std::size_t size) const {
  std::vector<Command> commands;
  if (messages_ > 0) commands.push_back({Step::Reset, "RSET"});
  std::string from = "MAIL FROM:<" + envelope.from.text() + ">";
  if (extensions_.size) from += " SIZE=" + std::to_string(size);
  commands.push_back({Step::Sender, std::move(from)});
  commands.push_back({Step::Recipient, "RCPT TO:<" + envelope.to.text() + ">"});
  commands.push_back({Step::Data, "DATA"});
  return commands;
}

std::optional<SmtpOutcome> Session::say(const std::vector<Command>& commands) {
  conversation_.enter(commands.front().step);
  if (extensions_.pipelining) {
    for (const Command& command : commands) conversation_.command(command.line);
    conversation_.flush();
  }
  std::optional<SmtpOutcome> refused;
  for (const Command& command : commands) {
    if (!refused) conversation_.enter(command.step);
    const Reply reply =
        extensions_.pipelining ? conversation_.hear() : conversation_.ask(command.line);
    if (is_yes(reply, command.step)) {
      // It waits for a message that is for nobody. A dot would end that wait, and might send it.
      if (refused && command.step == Step::Data) usable_ = false;
      continue;
    }
    if (!refused) refused = refusal(reply, command.step);
    if (!may_go_on(reply)) usable_ = false;
    if (!usable_ || !extensions_.pipelining) break;
  }
  return refused;
}

SmtpOutcome Session::hand_over(std::string_view wire) {
  conversation_.enter(Step::Message);
  conversation_.write(stuffed(wire));
  handed_over_ = true;
  const Reply reply = conversation_.hear();
  if (!reply.positive()) {
    usable_ = may_go_on(reply);
    return refusal(reply, Step::Message);
  }
  return {.kind = Kind::Sent,
          .step = Step::Message,
          .code = reply.code,
          .enhanced = reply.enhanced(),
          .said = reply.text(),
          .queue_id = queue_id_of(reply)};
}

}  // namespace portico::notify::smtp

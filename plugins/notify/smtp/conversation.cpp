// SPDX-License-Identifier: Apache-2.0
#include "smtp/conversation.h"

#include "mail/characters.h"
#include "smtp/connection_fault.h"

#include <algorithm>
#include <exception>
#include <stdexcept>
#include <utility>

namespace portico::notify::smtp {
namespace {

using Kind = SmtpOutcome::Kind;
using Step = SmtpOutcome::Step;

constexpr std::size_t WriteSize = 64 * 1024;

/// What every message would hear: that we have to log in or to encrypt, and did not, or in vain.
bool is_about_us(int code) noexcept {
  return code == 530 || code == 534 || code == 535 || code == 538;
}

Kind kind_of(const Reply& reply, Step step) noexcept {
  if (reply.transient()) return Kind::Later;
  if (step < Step::Sender || is_about_us(reply.code)) return Kind::Unreachable;
  if (reply.code / 100 == 5) return Kind::Never;
  // The server is out of step. Behind the message that may be a yes.
  return step == Step::Message ? Kind::Later : Kind::Unreachable;
}

}  // namespace

Conversation::Conversation(Channel channel, std::chrono::milliseconds timeout,
                           const Deadline& whole) noexcept
    : channel_(std::move(channel)), timeout_(timeout), whole_(whole) {}

void Conversation::command(std::string_view line) {
  // The last guard, whatever the callers have checked: one command is one line (case 128).
  if (!std::ranges::all_of(line, mail::is_printable)) {
    throw std::invalid_argument("A command for the mail server is not one line of ASCII.");
  }
  commands_.append(line).append("\r\n");
}

void Conversation::flush() { write(std::exchange(commands_, {})); }

void Conversation::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::string_view piece = bytes.substr(0, WriteSize);
    channel_.write(piece, soon());
    bytes.remove_prefix(piece.size());
  }
}

Reply Conversation::hear() { return replies_.read(channel_, soon()); }

Reply Conversation::ask(std::string_view line) {
  command(line);
  flush();
  return hear();
}

void Conversation::secure(const TlsContext& context) {
  // Whoever sits in between could say more behind the 220, and we would take it for the server's
  // word, said in TLS.
  if (!replies_.empty()) {
    throw ConnectionFault("The mail server said more before TLS than it was asked for.");
  }
  channel_.secure(context, soon());
}

bool Conversation::quiet() const noexcept { return replies_.empty() && channel_.silent(); }

void Conversation::leave() noexcept {
  try {
    channel_.write("QUIT\r\n", Deadline::after(std::chrono::milliseconds(0)));
    channel_.close();
  } catch (const std::exception&) {
    // It is gone already.
  }
}

SmtpOutcome refusal(const Reply& reply, Step step) {
  return {.kind = kind_of(reply, step),
          .step = step,
          .code = reply.code,
          .enhanced = reply.enhanced(),
          .said = reply.text()};
}

SmtpOutcome unreachable(Step step, std::string_view sentence) {
  return {.kind = Kind::Unreachable, .step = step, .said = printable(sentence)};
}

}  // namespace portico::notify::smtp

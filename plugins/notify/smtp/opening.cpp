// SPDX-License-Identifier: Apache-2.0
#include "smtp/opening.h"

#include "smtp/login.h"

#include <string>

#include <sys/socket.h>

namespace portico::notify::smtp {
namespace {

using Step = SmtpOutcome::Step;
using Tls = SmtpServer::Tls;

/// An address of the network as RFC 5321, 4.1.3 writes it.
std::string literal(const SocketAddress& address) {
  return (address.storage.ss_family == AF_INET6 ? "[IPv6:" : "[") + address.text() + "]";
}

}  // namespace

std::optional<SmtpOutcome> Opening::run() {
  if (server_.tls == Tls::Implicit) {
    conversation_.enter(Step::Tls);
    conversation_.secure(context_);
  }
  if (auto fault = hear_greeting()) return fault;
  if (auto fault = say_hello()) return fault;
  if (server_.tls == Tls::Required || (server_.tls == Tls::IfOffered && extensions_.starttls)) {
    if (auto fault = start_tls()) return fault;
  }
  if (server_.user.empty()) return std::nullopt;
  conversation_.enter(Step::Login);
  return log_in(conversation_, extensions_, server_);
}

std::optional<SmtpOutcome> Opening::hear_greeting() {
  conversation_.enter(Step::Greeting);
  const Reply greeting = conversation_.hear();
  if (greeting.code == 220) return std::nullopt;
  return refusal(greeting, Step::Greeting);
}

std::optional<SmtpOutcome> Opening::say_hello() {
  conversation_.enter(Step::Hello);
  const std::string name =
      server_.helo.empty() ? literal(conversation_.channel().own_address()) : server_.helo;
  extensions_ = {};
  const Reply answer = conversation_.ask("EHLO " + name);
  if (answer.positive()) {
    extensions_ = read_extensions(answer);
    return std::nullopt;
  }
  if (answer.transient()) return refusal(answer, Step::Hello);
  const Reply older = conversation_.ask("HELO " + name);
  return older.positive() ? std::nullopt : std::optional(refusal(older, Step::Hello));
}

std::optional<SmtpOutcome> Opening::start_tls() {
  conversation_.enter(Step::Tls);
  const bool required = server_.tls == Tls::Required;
  // Whoever sits in between can take the offer away.
  if (!extensions_.starttls) {
    return unreachable(Step::Tls, "The mail server offers no TLS, which is required.");
  }
  const Reply answer = conversation_.ask("STARTTLS");
  if (answer.code != 220) {
    return required ? std::optional(refusal(answer, Step::Tls)) : std::nullopt;
  }
  conversation_.secure(context_);
  // What was said before counts for nothing.
  return say_hello();
}

}  // namespace portico::notify::smtp

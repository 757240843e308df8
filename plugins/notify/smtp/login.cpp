// SPDX-License-Identifier: Apache-2.0
#include "smtp/login.h"

#include "mail/base64.h"

#include <string>

namespace portico::notify::smtp {
namespace {

constexpr auto Step = SmtpOutcome::Step::Login;

Reply say_plain(Conversation& conversation, const SmtpServer& server) {
  const std::string secret =
      std::string(1, '\0') + server.user + std::string(1, '\0') + server.password;
  return conversation.ask("AUTH PLAIN " + mail::base64(secret));
}

Reply say_login(Conversation& conversation, const SmtpServer& server) {
  Reply answer = conversation.ask("AUTH LOGIN");
  if (answer.code != 334) return answer;
  answer = conversation.ask(mail::base64(server.user));
  if (answer.code != 334) return answer;
  return conversation.ask(mail::base64(server.password));
}

/// There are servers that repeat what they did not understand.
void hide_secrets(SmtpOutcome& outcome, const SmtpServer& server) {
  const bool plain = outcome.said.find(server.password) != std::string::npos;
  const bool encoded = outcome.said.find("AUTH") != std::string::npos ||
                       outcome.said.find(mail::base64(server.password)) != std::string::npos;
  if (plain || encoded)
    outcome.said = "The mail server's words are not shown: they may hold the password.";
}

}  // namespace

std::optional<SmtpOutcome> log_in(Conversation& conversation, const Extensions& extensions,
                                  const SmtpServer& server) {
  if (!conversation.channel().secured() && !conversation.channel().stays_here()) {
    return unreachable(Step, "The password is not sent: there is no TLS to the mail server.");
  }
  if (!extensions.auth_plain && !extensions.auth_login) {
    return unreachable(Step, "The mail server offers neither AUTH PLAIN nor AUTH LOGIN.");
  }
  const Reply answer =
      extensions.auth_plain ? say_plain(conversation, server) : say_login(conversation, server);
  if (answer.code == 235) return std::nullopt;
  SmtpOutcome outcome = refusal(answer, Step);
  hide_secrets(outcome, server);
  return outcome;
}

}  // namespace portico::notify::smtp

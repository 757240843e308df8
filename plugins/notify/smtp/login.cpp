// SPDX-License-Identifier: Apache-2.0
#include "smtp/login.h"

#include "mail/base64.h"

#include <string>

namespace portico::notify::smtp {
namespace {

constexpr auto Step = SmtpOutcome::Step::Login;

std::string plain_words(const SmtpServer& server) {
  const std::string nul(1, '\0');
  return mail::base64(nul + server.user + nul + server.password);
}

Reply say_plain(Conversation& conversation, const SmtpServer& server) {
  return conversation.ask("AUTH PLAIN " + plain_words(server));
}

Reply say_login(Conversation& conversation, const SmtpServer& server) {
  Reply answer = conversation.ask("AUTH LOGIN");
  if (answer.code != 334) return answer;
  answer = conversation.ask(mail::base64(server.user));
  if (answer.code != 334) return answer;
  return conversation.ask(mail::base64(server.password));
}

/// There are servers that repeat what they did not understand, some of them not all of it.
void hide_secrets(SmtpOutcome& outcome, const SmtpServer& server) {
  const auto holds = [&](const std::string& word) {
    return outcome.said.find(word) != std::string::npos;
  };
  if (holds(server.password) || holds(mail::base64(server.password)) ||
      holds(plain_words(server).substr(0, 8))) {
    outcome.said = "What the mail server said may hold the password, and is not shown.";
  }
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

// SPDX-License-Identifier: Apache-2.0
#include "delivery/smtp_mailer.h"

#include "mail/wire_text.h"

#include <algorithm>
#include <chrono>
#include <variant>

namespace portico::notify {
namespace {

using namespace std::chrono_literals;

constexpr std::uint16_t Submission = 587;

SmtpServer::Tls tls_of(const SmtpSettings& settings) {
  if (settings.url.scheme == "smtps") return SmtpServer::Tls::Implicit;
  switch (settings.tls) {
    case SmtpSettings::Tls::Required: return SmtpServer::Tls::Required;
    case SmtpSettings::Tls::Never: return SmtpServer::Tls::Never;
    case SmtpSettings::Tls::IfOffered: break;
  }
  return SmtpServer::Tls::IfOffered;
}

Sending sending_of(const SmtpOutcome& outcome) {
  Sending sending;
  using Kind = SmtpOutcome::Kind;
  switch (outcome.kind) {
    case Kind::Sent: sending.kind = Sending::Kind::Sent; break;
    case Kind::Later: sending.kind = Sending::Kind::Later; break;
    case Kind::Never: sending.kind = Sending::Kind::Never; break;
    case Kind::Unreachable: sending.kind = Sending::Kind::Unreachable; break;
  }
  sending.code =
      outcome.code != 0 ? std::to_string(outcome.code) : std::string(name_of(outcome.step));
  if (!outcome.enhanced.empty()) sending.code += " " + outcome.enhanced;
  sending.said = outcome.said;
  sending.provider_id = outcome.queue_id;
  sending.address_is_gone = outcome.recipient_is_gone();
  return sending;
}

}  // namespace

SmtpServer server_of(const SmtpSettings& settings, const Mailbox& from) {
  SmtpServer server;
  server.host = settings.url.host;
  server.port = settings.url.port != 0           ? settings.url.port
                : settings.url.scheme == "smtps" ? std::uint16_t{465}
                                                 : Submission;
  server.tls = tls_of(settings);
  server.ca_file = settings.ca;
  server.user = settings.url.user;
  server.password = settings.password.empty() ? settings.url.password : settings.password.reveal();
  server.helo = settings.helo.empty() ? std::string(from.address.domain()) : settings.helo;
  server.connect_timeout = settings.timeout;
  server.timeout = settings.timeout;
  server.total_timeout = settings.timeout * 4;
  return server;
}

SmtpMailer::SmtpMailer(const SmtpSettings& settings, const DomainSettings& domains,
                       const Mailbox& from)
    : sender_(from.address),
      limits_({.at_once = domains.connections, .per_minute = domains.per_minute}),
      pool_(server_of(settings, from), settings.connections) {}

Sending SmtpMailer::send(const MailMessage& mail, const std::string& /*id*/) {
  const std::string wire = wire_text(mail);
  auto taken = limits_.try_take(mail.to.domain(), DomainLimits::Clock::now());
  if (const auto* const wait = std::get_if<DomainLimits::Clock::duration>(&taken)) {
    Sending busy;
    busy.kind = Sending::Kind::Busy;
    busy.after = std::max(std::chrono::ceil<std::chrono::milliseconds>(*wait), 20ms);
    return busy;
  }
  return sending_of(pool_.send(sender_, mail.to, wire));
}

}  // namespace portico::notify

// SPDX-License-Identifier: Apache-2.0
#include "settings.h"

#include "mail/address.h"

#include <algorithm>
#include <string_view>

namespace portico::notify {
namespace {

using namespace std::chrono_literals;

std::string check_mailbox(std::string_view text) {
  if (text.empty() || Mailbox::parse(text)) return {};
  return "is no address; write it as \"Example <no-reply@example.com>\"";
}

std::string check_site(std::string_view text) {
  const bool plain = std::ranges::none_of(text, [](char c) { return c >= 0 && c < ' '; });
  return plain ? std::string() : "has a control character in it; leave it out";
}

std::string check_locale(std::string_view text) {
  const auto part = [](std::string_view word) {
    return std::ranges::all_of(word, [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    });
  };
  const std::string_view language = text.substr(0, text.find('-'));
  const bool good = language.size() >= 2 && language.size() <= 3 && part(language) &&
                    text.size() <= 35 && !text.ends_with('-');
  return good ? std::string() : "is no locale; write \"en\" or \"de-AT\"";
}

std::string check_category(std::string_view text) {
  const bool good = !text.empty() && text.size() <= 40 && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
  return good ? std::string() : "is no category; write small letters, digits and '_'";
}

}  // namespace

void SmtpSettings::describe(Schema<SmtpSettings>& s) {
  s.summary("The mail server.");
  s.shorthand("url");
  s.field("url", &SmtpSettings::url,
          "`smtp://`, with STARTTLS, or `smtps://`, with TLS from the first byte; with the user.")
      .required()
      .example("\"smtp://notify@mail.example.com:587\"");
  s.field("password", &SmtpSettings::password, "Of the user.")
      .example("\"${file:/run/credentials/smtp}\"");
  s.field("tls", &SmtpSettings::tls, "Of `smtp://`: whether mails go without encryption.")
      .names({{"if_offered", Tls::IfOffered}, {"required", Tls::Required}, {"never", Tls::Never}});
  s.field("ca", &SmtpSettings::ca,
          "A file of who vouches for the server; the system's where nothing is said.")
      .example("/etc/portico/mail-ca.pem");
  s.field("helo", &SmtpSettings::helo, "What we call ourselves; the domain of `from` otherwise.");
  s.field("connections", &SmtpSettings::connections, "So many at a time.").min(1).max(100);
  s.field("timeout", &SmtpSettings::timeout, "Of each step of a mail's way.").min(1s).max(5min);
}

void MailApiSettings::describe(Schema<MailApiSettings>& s) {
  s.summary("A provider that takes mails by HTTP, in the form of SendGrid's v3.");
  s.field("url", &MailApiSettings::url, "Where it takes them.")
      .required()
      .example("\"https://api.sendgrid.com/v3/mail/send\"");
  s.field("key", &MailApiSettings::key, "Sent as Bearer.").required();
  s.field("timeout", &MailApiSettings::timeout, "Of each mail.").min(1s).max(5min);
}

void DomainSettings::describe(Schema<DomainSettings>& s) {
  s.summary("How fast mails go to one domain: providers throttle who is faster.");
  s.field("connections", &DomainSettings::connections, "Mails at a time.").min(1).max(100);
  s.field("per_minute", &DomainSettings::per_minute, "Mails in a minute.").min(1).max(1e6);
}

void WebhookSettings::describe(Schema<WebhookSettings>& s) {
  s.summary("Requests that tell other systems of events.");
  s.field(
      "internal", &WebhookSettings::internal,
      "They may go to private addresses too, and by http. For tests and closed networks: whoever "
      "may make one can then reach whatever this machine can.");
  s.field("timeout", &WebhookSettings::timeout, "Of each.").min(1s).max(1min);
  s.field("per_owner", &WebhookSettings::per_owner, "So many may one user have.").min(1).max(1000);
  s.field("under_way", &WebhookSettings::under_way, "So many at a time.").min(1).max(1000);
  s.field("disable_after", &WebhookSettings::disable_after,
          "One that has failed for so long gets no more.")
      .min(1h)
      .max(24h * 30);
}

void CategorySettings::describe(Schema<CategorySettings>& s) {
  s.summary("A kind of messages that users turn off and on.");
  s.field("title", &CategorySettings::title, "What people call it.").max(100);
  s.field("critical", &CategorySettings::critical, "Nobody turns it off.");
}

void KeepSettings::describe(Schema<KeepSettings>& s) {
  s.summary("How long what is over is kept.");
  s.field("deliveries", &KeepSettings::deliveries, "Messages, and the log of their deliveries.")
      .min(1h);
  s.field("dead", &KeepSettings::dead, "Those that could not be delivered.").min(1h);
  s.field("inbox", &KeepSettings::inbox, "What is in users' inboxes.").min(1h);
  s.field("streams", &KeepSettings::streams, "What a stream that comes back can still get.")
      .min(1h);
}

void Config::describe(Schema<Config>& s) {
  s.summary("Tells people and systems: mail, webhooks, inbox, streams.");
  s.field("database", &Config::database,
          "Where messages wait, by its name in `databases`: that of `auth`, where both are loaded.")
      .required()
      .restart()
      .example("main");
  s.field("redis", &Config::redis,
          "Tells other nodes at once of what streams show; without one they look each second.")
      .example("shared");
  s.field("from", &Config::from, "Who mails are from.")
      .check(check_mailbox)
      .required()
      .example("\"Example <no-reply@example.com>\"");
  s.field("reply_to", &Config::reply_to, "Who gets the answers.").check(check_mailbox);
  s.field("site", &Config::site, "What mails call this site; the name in `from` otherwise.")
      .check(check_site)
      .max(100)
      .example("Example");
  s.field(
       "url", &Config::url,
       "Where users reach the gateway: links to unsubscribe begin with it. Without one there are "
       "none.")
      .example("\"https://api.example.com\"");
  s.field("locale", &Config::locale, "Of who has none.").check(check_locale);
  s.field("mail", &Config::mail,
          "`log` writes mails to mails.mbox in the plugin's folder instead. In development alone.")
      .names({{"server", MailTo::Server}, {"log", MailTo::Log}});
  s.field("smtp", &Config::smtp, "The mail server.");
  s.field("mail_api", &Config::mail_api, "Instead of it, a provider's API.");
  s.field("domains", &Config::domains, "Limits for each domain that mails go to.");
  s.field("webhooks", &Config::webhooks, "Requests to other systems.");
  s.field("categories", &Config::categories, "Kinds of messages that users turn off and on.")
      .check_keys(check_category)
      .max(100)
      .example("{news: {title: News}, security: {critical: true}}");
  s.field("workers", &Config::workers, "Threads that send mails.").min(1).max(100);
  s.field("lease", &Config::lease,
          "What a node had begun that is not heard of for so long is done by another one.")
      .min(5s)
      .max(1h);
  s.field("per_recipient", &Config::per_recipient,
          "Messages to one recipient in an hour; those beyond are suppressed, silently.")
      .min(1)
      .max(1e6);
  s.field(
      "bounce_secret", &Config::bounce_secret,
      "What a provider signs its reports of bounces with (Standard Webhooks, `whsec_`). Without "
      "one there are none.");
  s.field("keep", &Config::keep, "How long what is over is kept.");
  s.rule("name one of `smtp` and `mail_api`, or write `mail: log` in development",
         [](const Config& c) {
           const int ways = (c.smtp ? 1 : 0) + (c.mail_api ? 1 : 0);
           return c.mail == MailTo::Log ? ways == 0 : ways == 1;
         });
}

}  // namespace portico::notify

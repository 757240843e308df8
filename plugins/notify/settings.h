// SPDX-License-Identifier: Apache-2.0
// `plugins.notify`.
#pragma once

#include <portico/schema.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace portico::notify {

/// Where mails go.
struct SmtpSettings {
  enum class Tls : std::uint8_t { IfOffered, Required, Never };

  Url url;
  Secret password;
  Tls tls = Tls::IfOffered;
  std::string ca;
  std::string helo;
  std::size_t connections = 4;
  std::chrono::milliseconds timeout{15'000};

  static void describe(Schema<SmtpSettings>& s);
};

/// Or who is handed them by HTTP.
struct MailApiSettings {
  Url url;
  Secret key;
  std::chrono::milliseconds timeout{15'000};

  static void describe(Schema<MailApiSettings>& s);
};

struct DomainSettings {
  std::size_t connections = 4;
  std::size_t per_minute = 600;

  static void describe(Schema<DomainSettings>& s);
};

struct WebhookSettings {
  bool internal = false;
  std::chrono::milliseconds timeout{15'000};
  std::size_t per_owner = 20;
  std::size_t under_way = 64;
  std::chrono::hours disable_after{120};

  static void describe(Schema<WebhookSettings>& s);
};

/// What people may turn off.
struct CategorySettings {
  std::string title;
  bool critical = false;

  static void describe(Schema<CategorySettings>& s);
};

struct KeepSettings {
  std::chrono::hours deliveries{90 * 24};
  std::chrono::hours dead{180 * 24};
  std::chrono::hours inbox{180 * 24};
  std::chrono::hours streams{24};

  static void describe(Schema<KeepSettings>& s);
};

struct Config {
  enum class MailTo : std::uint8_t { Server, Log };

  std::string database;
  std::string redis;
  std::string from;
  std::string reply_to;
  std::string site;
  Url url;
  std::string locale = "en";
  MailTo mail = MailTo::Server;
  std::optional<SmtpSettings> smtp;
  std::optional<MailApiSettings> mail_api;
  DomainSettings domains;
  WebhookSettings webhooks;
  std::map<std::string, CategorySettings> categories;
  std::size_t workers = 8;
  std::chrono::seconds lease{60};
  std::size_t per_recipient = 200;
  Secret bounce_secret;
  KeepSettings keep;

  static void describe(Schema<Config>& s);
};

}  // namespace portico::notify

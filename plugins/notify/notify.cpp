// SPDX-License-Identifier: Apache-2.0
// The plugin `notify`: tells people and systems. How mails are written and sent is in mail/ and
// smtp/, their words in template/ and builtin/, the tables in store/, what takes messages in in
// message/, what delivers them in delivery/, and what manages it all in api/.
#include "notify.h"

#include "delivery/api_mailer.h"
#include "delivery/file_mailer.h"
#include "delivery/smtp_mailer.h"
#include "store/inbox.h"
#include "store/migrations.h"
#include "store/topics.h"
#include "webhook/verdict.h"

#include <stdexcept>
#include <string>
#include <vector>

namespace portico::notify {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds PollPace{5};
constexpr std::chrono::seconds IdlePace{30};
constexpr std::chrono::minutes HousePace{10};
/// So late no digest is, unless its job was lost.
constexpr std::chrono::minutes Overdue{5};
constexpr std::size_t Batch = 500;
constexpr std::uint32_t MostCarried = 500;
constexpr int MostBatches = 20;

const std::vector<std::chrono::milliseconds>& mail_pauses() {
  static const std::vector<std::chrono::milliseconds> pauses{10s, 1min, 5min, 15min,
                                                             1h,  3h,   8h,   12h};
  return pauses;
}

Config with_site(Config config) {
  const auto from = Mailbox::parse(config.from);
  if (config.site.empty() && from) {
    config.site = from->name.empty() ? std::string(from->address.domain()) : from->name;
  }
  return config;
}

/// The file was checked by `describe`; without one, the plugin is only asked what it has.
Emailing::Sender sender_of(const Config& config) {
  const std::string from = config.from.empty() ? "nobody@example.invalid" : config.from;
  return {.from = Mailbox::parse(from).value(),
          .reply_to = config.reply_to.empty() ? std::nullopt : Mailbox::parse(config.reply_to)};
}

std::unique_ptr<Mailer> mailer_of(const Config& config, Host& host) {
  if (config.mail == Config::MailTo::Log) {
    if (!host.in_development()) {
      throw std::runtime_error("`mail: log` is for `environment: development`; name `smtp`");
    }
    return std::make_unique<FileMailer>(host.state_directory() + "/mails.mbox");
  }
  if (config.mail_api) return std::make_unique<ApiMailer>(*config.mail_api, host);
  const Mailbox from = Mailbox::parse(config.from).value();
  return std::make_unique<SmtpMailer>(config.smtp.value(), config.domains, from);
}

JobPolicy mail_policy(const Config& config) {
  JobPolicy policy;
  policy.threads = static_cast<std::uint32_t>(config.workers);
  // No mail is begun before the one before it is written down: a crash sends no more of them twice
  // than there are workers.
  policy.under_way = policy.threads;
  policy.attempts = static_cast<std::uint32_t>(mail_pauses().size() + 1);
  policy.pauses = mail_pauses();
  policy.lease = config.lease;
  return policy;
}

JobPolicy carrying_policy(const Config& config) {
  JobPolicy policy = mail_policy(config);
  policy.under_way = MostCarried;
  return policy;
}

JobPolicy webhook_policy(const Config& config) {
  JobPolicy policy;
  // They wait for no answer.
  policy.threads = 2;
  policy.under_way = static_cast<std::uint32_t>(config.webhooks.under_way);
  policy.attempts = static_cast<std::uint32_t>(webhook::BackOff.size() + 1);
  policy.pauses.assign(webhook::BackOff.begin(), webhook::BackOff.end());
  policy.lease = config.lease;
  return policy;
}

}  // namespace

NotifyPlugin::NotifyPlugin(const Config& config, Host& host)
    : config_(with_site(config)),
      host_(host),
      sql_(host.sql(config.database)),
      jobs_(host.jobs(config.database)),
      digest_(host),
      wordings_(sql_, host, config.locale),
      unsubscribing_(host, config.url.text),
      preparation_(config_, host, sql_, wordings_, unsubscribing_),
      emailing_(preparation_, sender_of(config_), host, jobs_),
      carrying_(preparation_, ways_, host, sql_),
      acceptance_({.config = config_,
                   .host = host,
                   .jobs = jobs_,
                   .wordings = wordings_,
                   .ways = ways_,
                   .digest = digest_,
                   .identity = host.find<Identity>(Identity::ServiceName)}),
      health_(config_.webhooks, acceptance_, host),
      settling_(host, sql_,
                [this](Transaction& db, const std::string& endpoint, const Report& report) {
                  health_.after(db, endpoint, report);
                }),
      owners_(host),
      fan_out_(host, acceptance_, digest_, owners_),
      posting_(config_.webhooks, host, sql_),
      digesting_(config_, acceptance_, wordings_, host, sql_),
      reminding_(acceptance_, jobs_, host, sql_, owners_),
      service_(config_, acceptance_),
      live_(config_.redis, sql_, host),
      api_(site()),
      own_api_(site(), live_) {
  if (config_.smtp) {
    const std::string fault = fault_of(server_of(*config_.smtp, sender_of(config_).from));
    if (!fault.empty()) throw std::runtime_error("`smtp`: " + fault);
  }
}

/// What the routes share, while they are made.
Site NotifyPlugin::site() {
  return {.config = config_,
          .host = host_,
          .sql = sql_,
          .jobs = jobs_,
          .acceptance = acceptance_,
          .wordings = wordings_,
          .ways = ways_,
          .digest = digest_,
          .unsubscribing = unsubscribing_,
          .fan_out = fan_out_,
          .reminding = reminding_,
          .identity = host_.find<Identity>(Identity::ServiceName)};
}

void NotifyPlugin::setup(Registrar& registrar) {
  registrar.migrations(config_.database, migrations());
  registrar.provide<Notifications>(Notifications::ServiceName, service_);
  registrar.provide<Channels>(Channels::ServiceName, ways_);
  api_.setup(registrar);
  own_api_.setup(registrar);
  live_.setup();
  host_.every(PollPace, [this] { wordings_.learn(); });
  host_.every(IdlePace, [this] { mailer_->close_idle(); });
  host_.every(HousePace, [this] { keep_house(); });
}

void NotifyPlugin::start() {
  mailer_ = mailer_of(config_, host_);
  wordings_.learn();
  live_.start();
  handle_jobs();
}

void NotifyPlugin::handle_jobs() {
  const auto settled = [this](Transaction& db, std::span<const JobReport> reports) {
    settling_.settle(db, reports);
  };
  jobs_.handle(
      work::Email, mail_policy(config_),
      [this](Job job) { emailing_.work(std::move(job), *mailer_); }, settled);
  jobs_.handle(
      work::Carry, carrying_policy(config_), [this](Job job) { carrying_.work(std::move(job)); },
      settled);
  jobs_.handle(
      work::Webhook, webhook_policy(config_), [this](Job job) { posting_.work(std::move(job)); },
      settled);
  jobs_.handle(work::Digest, {.threads = 1}, [this](Job job) { digesting_.work(std::move(job)); });
  jobs_.handle(Reminding::Work, {.threads = 1},
               [this](Job job) { reminding_.work(std::move(job)); });
  jobs_.on("*", [this](Transaction& db, const Event& event) { fan_out_.tell(db, event); });
}

void NotifyPlugin::keep_house() {
  const Time now = host_.unix_time();
  const auto repeat = [this](auto work) {
    for (int i = 0; i < MostBatches && sql_.write(work) == Batch; ++i) continue;
  };
  repeat([&](Transaction& db) {
    return messages::purge(db, now - config_.keep.deliveries, now - config_.keep.dead, Batch);
  });
  sql_.write([&](Transaction& db) {
    for (const auto& held : deliveries::overdue(db, now - Overdue, Batch)) {
      acceptance_.enqueue_digest(db, held, std::chrono::floor<std::chrono::minutes>(now));
    }
  });
  repeat([&](Transaction& db) { return inbox::purge(db, now - config_.keep.inbox, Batch); });
  repeat([&](Transaction& db) { return topics::purge(db, now - config_.keep.streams, Batch); });
}

}  // namespace portico::notify

PORTICO_EXPORT_PLUGIN(portico::notify::NotifyPlugin)

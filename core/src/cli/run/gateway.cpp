// SPDX-License-Identifier: Apache-2.0
#include "cli/run/gateway.h"

#include "base/memory_limit.h"
#include "base/state_directory.h"
#include "base/version.h"
#include "cli/run/crash_report.h"
#include "cli/run/server_options.h"
#include "cli/run/unserved.h"
#include "loop/running.h"
#include "plugin/settings_diff.h"
#include "tls/listeners.h"

#include <array>
#include <span>
#include <system_error>
#include <utility>

namespace portico::cli {
namespace {

constexpr std::size_t WorkersPerCore = 4;
constexpr std::size_t WorkerQueue = 1024;
constexpr std::size_t AdminQueue = 16;

void refuse_restart_changes(const config::Settings& before, const config::Settings& after,
                            config::Problems& problems) {
  const auto& schema = detail::schema_of<config::Settings>();
  for (const std::string& path : plugin::changed_restart_fields(schema, &before, &after)) {
    problems.error({}, path, "cannot change in a reload", "restart Portico to change it");
  }
}

std::string with_port(const std::string& address, std::uint16_t port) {
  if (port == 0 || !address.ends_with(":0")) return address;
  return address.substr(0, address.size() - 1) + std::to_string(port);
}

constexpr services::Field ReloadEvent{"event", "reload"};
constexpr services::Field CertificatesEvent{"event", "certificates"};

}  // namespace

Gateway::Gateway(std::string config_path, services::Log& log)
    : path_(std::move(config_path)),
      log_(log),
      redis_(base::system_clock(), log),
      sql_(base::system_clock(), log),
      jobs_(base::system_clock(), log, metrics_, jobs::Crew::Pace::Threads,
            base::state_directory() / "jobs"),
      crypto_(pipeline::crypto_threads(cores(), base::memory_limit())),
      events_(base::system_clock(), log),
      process_{base::system_clock(),
               log,
               metrics_,
               keep_,
               base::state_directory(),
               nullptr,
               &upstreams_,
               &events_,
               &redis_,
               &sql_,
               &sealer_,
               &crypto_},
      journal_(log, metrics_, libraries_),
      health_(log, process_.clock, process_.state, redis_, sql_),
      sql_upkeep_(log, process_.clock, sql_, metrics_) {
  process_.jobs = &jobs_;
  CrashReport::name_plugins(&libraries_);
}

Gateway::~Gateway() { CrashReport::name_plugins(nullptr); }

plugin::Generation::Parts Gateway::parts() {
  return {.process = process_,
          .libraries = libraries_,
          .home = home_,
          .liveness = plugin::Liveness::Live,
          .previous = served_ == nullptr ? nullptr : &served_->edition().generation()};
}

const config::Settings& Gateway::settings() const { return served_->edition().settings(); }

server::Contexts Gateway::read_certificates(const config::Settings& settings,
                                            config::Problems& problems) const {
  return tls::make_contexts(settings, tickets_, base::system_clock().unix_time(), problems);
}

std::shared_ptr<ServedAdmin> Gateway::make_admin(const config::ListenAddress& where,
                                                 ServedAdmin::Scope scope) const {
  return std::make_shared<ServedAdmin>(
      admin::AdminSettings{.token = settings().admin.token.reveal(),
                           .hosts = {},
                           .version = std::string(base::version()),
                           .pages = pages_.get()},
      where.loopback() ? admin::Place::Loopback : admin::Place::Elsewhere, scope, *admin_workers_);
}

server::Applications Gateway::applications() const {
  const config::Admin& admin = settings().admin;
  return {served_, make_admin(admin.where, ServedAdmin::Scope::All),
          make_admin(admin.health_where.value_or(admin.where), ServedAdmin::Scope::Probes)};
}

void Gateway::make_server(server::Contexts contexts) {
  workers_ = std::make_unique<pipeline::WorkerPool>(WorkersPerCore * cores(), WorkerQueue);
  admin_workers_ = std::make_unique<pipeline::WorkerPool>(1, AdminQueue);
  pages_ = std::make_unique<AdminPages>(graveyard_);
  server::Options options = server_options(settings());
  access_.emplace(settings().log, options.lanes, log_);
  server_ = std::make_unique<server::Server>(std::move(options),
                                             server::Parts{.workers = *workers_,
                                                           .journal = journal_,
                                                           .log = log_,
                                                           .cookie_signer = cookie_signer_.get(),
                                                           .access = &access_->log()},
                                             applications(), std::move(contexts));
  pages_->show({.server = *server_,
                .workers = *workers_,
                .crypto = crypto_,
                .metrics = metrics_,
                .log = log_,
                .access = *access_,
                .reloads = reloads_,
                .health = health_.checks(),
                .upstreams = upstreams_,
                .events = events_,
                .redis = redis_,
                .sql = sql_,
                .started = started_});
  pages_->serve(served_);
}

std::optional<Gateway::Failure> Gateway::start(std::unique_ptr<plugin::Edition> edition,
                                               server::InheritedSockets inherited) {
  config::Problems problems;
  problems.name_files(edition->document().files());
  if (const auto reason = take_secret(edition->settings())) {
    return Failure{ExitCode::Unavailable, "portico run: " + *reason + "\n"};
  }
  certificate_files_ = tls::FileWatch(tls::files_of(edition->settings()));
  server::Contexts contexts = read_certificates(edition->settings(), problems);
  if (problems.any_error()) return Failure{ExitCode::Config, problems.text()};
  errands_.emplace(clock(), log_, loop::dns::Options{.servers = edition->settings().resolvers});
  process_.courier = &*errands_;
  const bool started = edition->generation().start(problems);
  served_ = std::make_shared<ServedEdition>(std::move(edition), graveyard_, log_);
  if (!started) return Failure{ExitCode::Unavailable, problems.text()};
  try {
    make_server(std::move(contexts));
    health_.serve();
    sql_upkeep_.serve();
    server_->start(std::move(inherited));
  } catch (const std::system_error& error) {
    return Failure{ExitCode::Unavailable, std::string("portico run: ") + error.what() + "\n"};
  }
  reloads_.started(served_->edition().document().hash(), clock().unix_time());
  return std::nullopt;
}

std::string Gateway::addresses_served() const {
  const std::vector<config::Listener>& listeners = settings().listen;
  std::string addresses;
  for (std::size_t i = 0; i < listeners.size(); ++i) {
    if (i != 0) addresses += ' ';
    addresses += with_port(listeners[i].address, server_->port(i));
  }
  return addresses;
}

void Gateway::tell_serving() {
  const std::string addresses = addresses_served();
  const std::string admin =
      with_port(settings().admin.address, server_->port(settings().listen.size()));
  const std::array<services::Field, 2> fields = {services::Field{"listen", addresses},
                                                 services::Field{"admin", admin}};
  log_.write(Level::Info, "core", "serving", fields);
}

void Gateway::tell_ready() const { manager_.ready("serving " + addresses_served()); }

void Gateway::tell_problems(const config::Problems& problems) {
  for (const config::Problem& problem : problems.sorted()) {
    const bool error = problem.severity == config::Severity::Error;
    log_.write(error ? Level::Error : Level::Warning, "core", config::line_of(problem));
  }
}

/// Before anything of the next edition starts: an address that is taken refuses the reload.
bool Gateway::prepare_listeners(Prepared& next, config::Problems& problems) {
  const config::Settings& settings = next.edition->settings();
  if (const auto reason = take_secret(settings)) {
    problems.error({}, "secret", *reason);
    return false;
  }
  next.certificate_files = tls::FileWatch(tls::files_of(settings));
  next.contexts = read_certificates(settings, problems);
  if (problems.any_error()) return false;
  try {
    next.doors = server_->prepare(server_options(settings));
  } catch (const std::system_error& error) {
    problems.error({}, "listen", error.what(), "free the address, or listen elsewhere");
    return false;
  }
  return true;
}

Gateway::Prepared Gateway::prepare_next(config::Problems& problems) {
  Prepared next;
  next.edition = plugin::Edition::prepare(
      config::load_settings(path_, config::Environment::of_process(), problems), parts(), problems);
  if (next.edition != nullptr) {
    refuse_unserved(next.edition->settings(), problems);
    refuse_restart_changes(settings(), next.edition->settings(), problems);
  }
  const bool fine = next.edition != nullptr && !problems.any_error() &&
                    prepare_listeners(next, problems) && next.edition->generation().start(problems);
  tell_problems(problems);
  if (!fine) next.edition.reset();
  return next;
}

void Gateway::reload() {
  // Clients are on other loops; plugins ask their databases in `start`.
  const loop::MayWait here;
  manager_.reloading();
  const std::chrono::nanoseconds begin = clock().now();
  config::Problems problems;
  Prepared next = prepare_next(problems);
  if (next.edition == nullptr) return refuse_reload(problems, clock().now() - begin);
  const std::shared_ptr<ServedEdition> before = std::exchange(
      served_, std::make_shared<ServedEdition>(std::move(next.edition), graveyard_, log_));
  server_->replace(server_options(settings()), std::move(next.doors), applications(),
                   std::move(next.contexts));
  pages_->serve(served_);
  certificate_files_ = std::move(next.certificate_files);
  before->edition().generation().retire();
  sql_upkeep_.serve();
  reloads_.succeeded(served_->edition().document().hash(), clock().unix_time(),
                     clock().now() - begin);
  log_.level(settings().log.level);
  const std::string addresses = addresses_served();
  const std::array fields{ReloadEvent, services::Field{"listen", addresses}};
  log_.write(Level::Info, "core", "reloaded", fields);
  manager_.ready("serving " + addresses + "; reloaded");
}

void Gateway::refuse_reload(const config::Problems& problems, std::chrono::nanoseconds took) {
  std::vector<std::string> lines;
  for (const config::Problem& problem : problems.sorted()) {
    if (problem.severity == config::Severity::Error) lines.push_back(config::line_of(problem));
  }
  reloads_.refused(std::move(lines), took);
  log_.write(Level::Error, "core", "the reload was refused; what was served is served on",
             std::span(&ReloadEvent, 1));
  manager_.ready("serving; the last reload was refused");
}

void Gateway::reopen_logs() noexcept {
  log_.reopen();
  if (access_) access_->reopen();
}

void Gateway::renew_certificates() {
  if (!certificate_files_.changed()) return;
  config::Problems problems;
  problems.name_files(served_->edition().document().files());
  server::Contexts contexts = read_certificates(settings(), problems);
  tell_problems(problems);
  if (problems.any_error()) {
    log_.write(Level::Error, "core", "the new certificates are not taken; those in use serve on",
               std::span(&CertificatesEvent, 1));
    return;
  }
  server_->renew(std::move(contexts));
  log_.write(Level::Info, "core", "certificates renewed", std::span(&CertificatesEvent, 1));
}

void Gateway::shut_down() {
  manager_.stopping("draining");
  log_.write(Level::Info, "core", "draining");
  drain();
}

void Gateway::drain() {
  health_.drain();
  served_->edition().generation().retire();
  if (!server_->drain(settings().limits.drain_timeout)) {
    log_.write(Level::Warning, "core", "some exchanges did not end within drain_timeout");
  }
  workers_->stop();
  crypto_.stop();
  admin_workers_->stop();
  pages_->serve(nullptr);
  server_.reset();
  served_.reset();
  log_.write(Level::Info, "core", "stopped");
}

}  // namespace portico::cli

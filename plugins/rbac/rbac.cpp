// SPDX-License-Identifier: Apache-2.0
// The plugin `rbac`: who may do what. Conditions are in condition/, roles and decisions in model/,
// the tables in store/, what stands before a route in gate/, and what manages it all in api/.
#include "rbac.h"

#include "import_command.h"
#include "seeds.h"
#include "store/administrators.h"
#include "store/assignments.h"
#include "store/decisions.h"
#include "store/migrations.h"
#include "store/roles.h"
#include "store/versions.h"

#include <cstdint>
#include <stdexcept>
#include <string>

namespace portico::rbac {
namespace {

constexpr std::chrono::seconds PollPace{5};
constexpr std::chrono::seconds LogPace{1};
constexpr std::chrono::minutes HousePace{10};
constexpr std::size_t Batch = 500;
constexpr int MostBatches = 20;
/// Nodes that have not heard of a change by then read everything.
constexpr Time KeptChanges = std::chrono::hours(24);
constexpr Time KeptAssignments = std::chrono::days(30);

}  // namespace

RbacPlugin::RbacPlugin(const Config& config, Host& host)
    : config_(config),
      roles_(roles_of_file(config)),
      host_(host),
      sql_(config.database.empty() ? nullptr : &host.sql(config.database)),
      identity_(host.find<Identity>(Identity::ServiceName)),
      knowledge_(sql_, config.staleness, host),
      looked_up_(knowledge_),
      news_(config.redis, knowledge_, host),
      log_(sql_, config.decisions.allowed, host),
      gate_(config_, knowledge_, looked_up_, log_),
      service_(
          config_, gate_,
          [this](Reader& db, std::string_view user) { return can_log_in(db, user); }, host),
      authority_(knowledge_, looked_up_, gate_, news_, log_) {
  if (sql_ != nullptr) api_.emplace(*sql_, authority_, identity_, host);
}

void RbacPlugin::setup(Registrar& registrar) {
  gate_.setup(registrar);
  registrar.provide<Permissions>(Permissions::ServiceName, service_);
  registrar.command(
      "rbac", "Imports roles and assignments of Casbin.",
      [command = ImportCommand(sql_, identity_, host_)](Args& args) { return command.run(args); });
  if (sql_ != nullptr) keep_tables(registrar);
}

void RbacPlugin::keep_tables(Registrar& registrar) {
  registrar.migrations(config_.database, migrations());
  api_->setup(registrar);
  host_.every(PollPace, [this] { (void)knowledge_.learn(); });
  host_.every(News::Pace, [this] {
    news_.catch_up();
    looked_up_.serve();
  });
  host_.every(LogPace, [this] { log_.flush(); });
  host_.every(HousePace, [this] { keep_house(); });
}

void RbacPlugin::start() {
  if (sql_ != nullptr) return begin_with_tables();
  if (const Identity* const identity = identity_.operator->(); identity != nullptr) {
    throw std::runtime_error("`auth` keeps accounts in " + std::string(identity->database()) +
                             ", and without a `database` nobody could be given a role; write "
                             "`database: " +
                             std::string(identity->database()) + "`");
  }
  knowledge_.set(roles_);
}

/// What was decided since the last tick.
void RbacPlugin::stop() {
  if (sql_ == nullptr) return;
  try {
    log_.flush();
  } catch (const SqlError& error) {
    host_.log(Level::Warning, std::string("decisions are lost: ") + error.what());
  }
}

// It hears of others before it reads: what changes between the two is heard of twice, and not
// never.
void RbacPlugin::begin_with_tables() {
  Identity* const identity = identity_.operator->();
  if (identity != nullptr && identity->database() != config_.database) {
    throw std::runtime_error("`database` is " + config_.database + ", and that of `auth` is " +
                             std::string(identity->database()) +
                             "; roles are given in one transaction with accounts: write the same");
  }
  gate_.start(!config_.users_of.empty() || identity == nullptr ? config_.users_of
                                                               : identity->issuer());
  const std::int64_t version = sql_->write([&](Transaction& db) {
    apply_seed(db, seeds_of(config_), host_.unix_time());
    if (!roles::find(db, config_.default_role)) {
      throw std::runtime_error("there is no role \"" + config_.default_role +
                               "\" for `default_role`; add it to `roles`");
    }
    take_over_administrators(db);
    return versions::current(db);
  });
  news_.begin();
  news_.committed(version);
}

/// Whom an operator made an administrator while there were no roles. Once: who is not one any more
/// does not become one again.
void RbacPlugin::take_over_administrators(Transaction& db) {
  Identity* const identity = identity_.operator->();
  if (identity == nullptr || !administrators::take_over(db)) return;
  for (const std::string& user : identity->administrators(db)) {
    service_.make_administrator(db, user);
  }
}

bool RbacPlugin::can_log_in(Reader& db, std::string_view user) const {
  Identity* const identity = identity_.operator->();
  return identity == nullptr || identity->can_log_in(db, user);
}

void RbacPlugin::keep_house() {
  const Time now = host_.unix_time();
  const auto repeat = [this](auto work) {
    for (int i = 0; i < MostBatches && sql_->write(work) == Batch; ++i) continue;
  };
  repeat([&](Transaction& db) { return versions::purge(db, now - KeptChanges, Batch); });
  repeat([&](Transaction& db) { return assignments::purge(db, now - KeptAssignments, Batch); });
  repeat(
      [&](Transaction& db) { return decisions::purge(db, now - config_.decisions.keep, Batch); });
}

}  // namespace portico::rbac

PORTICO_EXPORT_PLUGIN(portico::rbac::RbacPlugin)

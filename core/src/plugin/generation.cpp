// SPDX-License-Identifier: Apache-2.0
#include "plugin/generation.h"

#include "base/guard.h"
#include "plugin/generation_builder.h"
#include "plugin/migrations.h"

#include <algorithm>
#include <utility>

namespace portico::plugin {

std::unique_ptr<Generation> Generation::prepare(const config::Settings& settings,
                                                const Parts& parts, config::Problems& problems) {
  return GenerationBuilder(settings, parts, problems).run();
}

Generation::Generation(const Parts& parts, const config::Settings& settings)
    : process_(parts.process),
      stores_(settings),
      ticker_(parts.process.log, parts.process.clock,
              parts.liveness == Liveness::Stepped ? Ticker::Pace::Stepped : Ticker::Pace::Thread) {}

Generation::~Generation() {
  retire();
  stop();
  // Ticks that never ran hold closures of plugins.
  ticker_.stop();
  while (!instances_.empty()) instances_.pop_back();
}

config::Problem Generation::place_of(std::string_view plugin) const {
  std::size_t at = 0;
  while (at + 1 < instances_.size() && instances_[at]->name() != plugin) ++at;
  return places_[at];
}

/// Every database is looked at, so that all that keeps it from serving is told at once.
bool Generation::bring_databases_up_to_date(config::Problems& problems) {
  bool fine = true;
  const auto tell = [&](config::Problem problem, const char* what, const std::string& remedy) {
    problem.what = what;
    problem.remedy = remedy;
    problems.add(std::move(problem));
    fine = false;
  };
  for (const DatabaseSteps& database : database_steps(instances_)) {
    const std::string& user = database.first_user->name();
    try {
      bring_up_to_date(database, process_.clock, process_.log);
    } catch (const sql::MigrationError& error) {
      tell(place_of(find(error.owner()) != nullptr ? error.owner() : user), error.what(),
           error.remedy());
    } catch (const std::exception& error) {
      tell(place_of(user), error.what(), {});
    }
  }
  return fine;
}

void Generation::lend_databases() {
  const auto prepare = [this](sql::Store& store) {
    for (const DatabaseSteps& database : database_steps(instances_)) {
      if (database.store->name != store.name) continue;
      bring_up_to_date(database, process_.clock, process_.log);
    }
  };
  for (const auto& instance : instances_) instance->lend_databases(prepare);
}

bool Generation::start(config::Problems& problems) {
  if (!bring_databases_up_to_date(problems)) return false;
  Instance::Failure failure;
  while (!failure && started_ < instances_.size()) {
    failure = instances_[started_]->start();
    if (!failure) ++started_;
  }
  std::size_t culprit = started_;
  if (!failure && !instances_.empty()) {
    culprit = 0;
    failure = base::guarded([this] { ticker_.start(); });
  }
  if (!failure) return true;

  config::Problem problem = places_[culprit];
  problem.what = "`start` failed: " + *failure;
  problems.add(std::move(problem));
  retire();
  stop();
  return false;
}

pipeline::Workers* Generation::workers(Pool pool) const {
  if (pool == Pool::Workers || process_.crypto == nullptr) return nullptr;
  return &process_.crypto->workers();
}

void Generation::retire() noexcept {
  if (std::exchange(retired_, true)) return;
  // First, so that no tick runs beside a `retire` or after it.
  ticker_.stop();
  for (std::size_t i = started_; i > 0; --i) {
    log_failure(*instances_[i - 1], "retire", instances_[i - 1]->retire());
  }
}

void Generation::stop() noexcept {
  for (; started_ > 0; --started_) {
    log_failure(*instances_[started_ - 1], "stop", instances_[started_ - 1]->stop());
  }
}

void Generation::log_failure(const Instance& instance, std::string_view step,
                             const Instance::Failure& failure) noexcept {
  if (!failure) return;
  process_.log.write(Level::Error, instance.name(),
                     "`" + std::string(step) + "` failed: " + *failure);
}

const Instance* Generation::find(std::string_view plugin) const noexcept {
  const auto found =
      std::find_if(instances_.begin(), instances_.end(),
                   [plugin](const auto& instance) { return instance->name() == plugin; });
  return found == instances_.end() ? nullptr : found->get();
}

Generation::Middleware Generation::find_middleware(std::string_view name) const noexcept {
  for (const auto& instance : instances_) {
    if (const auto* entry = instance->registrations().middleware(name)) {
      return {instance.get(), entry};
    }
  }
  return {};
}

Generation::Terminal Generation::find_terminal(std::string_view key) const noexcept {
  for (const auto& instance : instances_) {
    if (const auto* entry = instance->registrations().terminal(key)) {
      return {instance.get(), entry};
    }
  }
  return {};
}

Generation::Command Generation::find_command(std::string_view name) const noexcept {
  for (const auto& instance : instances_) {
    if (const auto* entry = instance->registrations().command(name)) {
      return {instance.get(), entry};
    }
  }
  return {};
}

}  // namespace portico::plugin

// SPDX-License-Identifier: Apache-2.0
#include "plugin/generation_builder.h"

#include "config/binder.h"
#include "plugin/settings_diff.h"
#include "sql/core_migrations.h"
#include "sql/migration_lint.h"

#include <algorithm>
#include <variant>

namespace portico::plugin {
namespace {

/// Splits "what; remedy" of a Result's error.
std::pair<std::string, std::string> split_error(const std::string& sentence) {
  const std::size_t at = sentence.find("; ");
  if (at == std::string::npos) return {sentence, {}};
  return {sentence.substr(0, at), sentence.substr(at + 2)};
}

/// The node of a setting, or the nearest one above it that the file has.
config::Mark mark_of(const config::Node& settings, std::string_view path) {
  const config::Node* node = &settings;
  config::Mark mark = settings.mark();
  while (node != nullptr && !path.empty()) {
    const std::size_t dot = path.find('.');
    node = node->find(path.substr(0, dot));
    if (node != nullptr) mark = node->mark();
    path = dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
  }
  return mark;
}

}  // namespace

GenerationBuilder::GenerationBuilder(const config::Settings& settings,
                                     const Generation::Parts& parts, config::Problems& problems)
    : settings_(settings),
      parts_(parts),
      problems_(problems),
      generation_(new Generation(parts, settings)) {}

std::unique_ptr<Generation> GenerationBuilder::run() {
  load();
  keep_those_that(&GenerationBuilder::binds);
  compare_with_previous();
  keep_those_that(&GenerationBuilder::constructs);
  keep_those_that(&GenerationBuilder::sets_up);
  keep_those_that(&GenerationBuilder::has_fine_migrations);
  check_declarations();
  // A service may be missing only because its provider did not come up, which has been told.
  if (entries_.size() == settings_.plugins.size()) resolve();
  return std::move(generation_);
}

void GenerationBuilder::keep_those_that(Step step) {
  auto& instances = generation_->instances_;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (!(this->*step)(i)) {
      instances[i].reset();
      continue;
    }
    std::swap(instances[kept], instances[i]);
    std::swap(entries_[kept], entries_[i]);
    std::swap(generation_->places_[kept], generation_->places_[i]);
    ++kept;
  }
  instances.resize(kept);
  entries_.resize(kept);
  generation_->places_.resize(kept);
}

void GenerationBuilder::load() {
  for (const config::PluginEntry& entry : settings_.plugins) load_one(entry);
}

void GenerationBuilder::load_one(const config::PluginEntry& entry) {
  std::filesystem::path file;
  if (entry.file) {
    file = PluginHome::beside(problems_.file_name(entry.mark.file), *entry.file);
  } else if (parts_.libraries.find(entry.name) == nullptr ||
             !parts_.libraries.find(entry.name)->path().empty()) {
    const auto found = parts_.home.find(entry.name);
    if (!found) {
      const auto [what, remedy] = split_error(found.error());
      error(entry, what, remedy);
      return;
    }
    file = *found;
  }
  const auto loaded = parts_.libraries.load(file, entry.name);
  if (const auto* refusals = std::get_if<Refusals>(&loaded)) {
    for (const Refusal& refusal : *refusals) error(entry, refusal.what, refusal.remedy);
    return;
  }
  const Library& library = *std::get<const Library*>(loaded);
  tell_of_upgrade(library);
  entries_.push_back(&entry);
  generation_->instances_.push_back(
      std::make_unique<Instance>(entry.name, library, parts_.process, generation_->services_,
                                 generation_->ticker_, generation_->stores_, parts_.liveness));
  generation_->instances_.back()->settle(entry.mount, settings_.environment);
  generation_->places_.push_back({config::Severity::Error,
                                  std::string(problems_.file_name(entry.mark.file)),
                                  entry.mark,
                                  entry.path(),
                                  {},
                                  {}});
}

void GenerationBuilder::tell_of_upgrade(const Library& library) const {
  if (!library.upgrade_pending()) return;
  std::string message =
      "upgrade pending: the file has changed; a restart or `portico upgrade` "
      "loads it";
  for (const Refusal& refusal : library.upgrade_refusals()) {
    message += ". It will be refused: " + refusal.what;
  }
  parts_.process.log.write(Level::Warning, library.stamp().name(), message);
}

bool GenerationBuilder::binds(std::size_t index) {
  config::BindContext context{.problems = problems_};
  return instance(index).bind(entry_of(index).settings, entry_of(index).path(), context);
}

void GenerationBuilder::compare_with_previous() {
  if (parts_.previous == nullptr) return;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const Instance* old = parts_.previous->find(entry_of(i).name);
    // Another library of the same name has other settings.
    if (old == nullptr || &old->library() != &instance(i).library()) continue;
    const auto changed = changed_restart_fields(instance(i).config_schema(), old->settings(),
                                                instance(i).settings());
    for (const std::string& field : changed) {
      problems_.error(mark_of(*entry_of(i).settings, field), entry_of(i).path() + "." + field,
                      "cannot change while Portico runs",
                      "restart Portico, or write the value that it had");
    }
  }
}

bool GenerationBuilder::constructs(std::size_t index) {
  const auto failure = instance(index).construct();
  if (failure) error(entry_of(index), "its constructor failed: " + *failure);
  return !failure;
}

bool GenerationBuilder::sets_up(std::size_t index) {
  const auto failure = instance(index).setup();
  if (failure) error(entry_of(index), "`setup` failed: " + *failure);
  return !failure;
}

bool GenerationBuilder::has_fine_migrations(std::size_t index) {
  const auto& all = instance(index).registrations().migrations;
  bool fine = true;
  const auto refuse = [&](std::string_view what, std::string_view remedy) {
    error(entry_of(index), what, remedy);
    fine = false;
  };
  if (!all.empty() && instance(index).name() == sql::CoreOwner) {
    refuse("has migrations and is called as the gateway's own part", "call it another way");
  }
  for (const detail::MigrationsEntry& entry : all) {
    for (const sql::Fault& fault : sql::faults_of(entry.steps)) refuse(fault.what, fault.remedy);
  }
  return fine;
}

void GenerationBuilder::check_declarations() {
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    check_declarations_of(instance(i), entry_of(i));
  }
}

// Names are shared by all plugins: the file does not say whose middleware it means.
void GenerationBuilder::check_declarations_of(const Instance& owner,
                                              const config::PluginEntry& entry) {
  const auto twice = [&](std::string_view kind, const std::string& name, const Instance& first) {
    error(entry,
          "declares the " + std::string(kind) + " \"" + name + "\", and the plugin " +
              first.name() + " does already",
          "load one of the two");
  };
  for (const auto& middleware : owner.registrations().middlewares) {
    const auto first = generation_->find_middleware(middleware.name);
    if (first.instance != &owner) twice("middleware", middleware.name, *first.instance);
  }
  for (const auto& terminal : owner.registrations().terminals) {
    const auto first = generation_->find_terminal(terminal.key);
    if (first.instance != &owner) twice("terminal", terminal.key, *first.instance);
  }
  for (const auto& command : owner.registrations().commands) {
    const auto first = generation_->find_command(command.name);
    if (first.instance != &owner) twice("command", command.name, *first.instance);
  }
  for (const auto& service : owner.registrations().services) {
    const auto first = generation_->services_.offer(
        {owner.name(), service.name, service.service, service.first_choice});
    if (first) twice("service", service.name, *generation_->find(*first));
  }
}

void GenerationBuilder::resolve() {
  for (const MissingService& missing : generation_->services_.resolve()) {
    error(entry_of(missing.plugin),
          "needs the service " + missing.name + ", which no loaded plugin provides",
          missing.remedy);
  }
  check_permissions();
}

void GenerationBuilder::check_permissions() {
  if (generation_->services_.find("permissions/1") != nullptr) return;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const auto& routes = instance(i).registrations().routes;
    const auto guarded = std::find_if(routes.begin(), routes.end(),
                                      [](const auto& route) { return !route.permission.empty(); });
    if (guarded == routes.end()) continue;
    error(entry_of(i),
          "its route " + guarded->method + " " + guarded->path + " needs the permission " +
              guarded->permission + ", and no loaded plugin knows permissions",
          "add the plugin rbac to `plugins`");
  }
}

const config::PluginEntry& GenerationBuilder::entry_of(std::string_view plugin) const {
  const auto found = std::find_if(entries_.begin(), entries_.end(),
                                  [plugin](const auto* entry) { return entry->name == plugin; });
  return **found;
}

}  // namespace portico::plugin

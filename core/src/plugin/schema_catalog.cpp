// SPDX-License-Identifier: Apache-2.0
#include "plugin/schema_catalog.h"

#include "plugin/core_terminals.h"

#include <algorithm>
#include <variant>

namespace portico::plugin {
namespace {

template <class Entries, class Key>
config::PluginSchema::Schemas schemas_of(const Entries& entries, Key key) {
  config::PluginSchema::Schemas schemas;
  for (const auto& entry : entries) schemas.emplace(entry.*key, &entry.settings->schema());
  return schemas;
}

config::PluginSchema schema_of(const std::string& name, const detail::ObjectSchema* config,
                               const Registrations& declared) {
  return {.name = name,
          .config = config,
          .middlewares = schemas_of(declared.middlewares, &detail::MiddlewareEntry::name),
          .terminals = schemas_of(declared.terminals, &detail::TerminalEntry::key)};
}

}  // namespace

SchemaCatalog::SchemaCatalog(InertProcess& process)
    : process_(process), ticker_(process.parts().process.log) {
  config::PluginSchema core;
  core.terminals = schemas_of(core_terminals(), &detail::TerminalEntry::key);
  schemas_.push_back(std::move(core));
}

void SchemaCatalog::add_installed(config::Problems& problems) {
  for (const PluginHome::Installed& one : process_.home().installed()) {
    if (one.problem.empty()) {
      add(one.file, one.stamp.name(), problems);
    } else {
      problems.warning({}, one.file.string(), one.problem, "it is left out of the schema");
    }
  }
}

void SchemaCatalog::add_named(const std::vector<config::PluginEntry>& entries,
                              config::Problems& problems) {
  for (const config::PluginEntry& entry : entries) {
    if (!entry.file) continue;
    const std::string yaml(problems.file_name(entry.mark.file));
    add(PluginHome::beside(yaml, *entry.file), entry.name, problems);
  }
}

void SchemaCatalog::add(const std::filesystem::path& file, const std::string& name,
                        config::Problems& problems) {
  const auto known = [&name](const config::PluginSchema& one) { return one.name == name; };
  if (std::ranges::any_of(schemas_, known)) return;
  const auto loaded = process_.libraries().load(file, name);
  if (const auto* refusals = std::get_if<Refusals>(&loaded)) {
    for (const Refusal& refusal : *refusals) {
      problems.warning({}, file.string(), refusal.what, refusal.remedy);
    }
    return;
  }
  const Generation::Parts parts = process_.parts();
  instances_.push_back(std::make_unique<Instance>(name, *std::get<const Library*>(loaded),
                                                  parts.process, services_, ticker_, stores_,
                                                  parts.liveness));
  Instance& instance = *instances_.back();
  Instance::Failure failure = instance.construct();
  if (!failure) failure = instance.setup();
  if (failure) {
    problems.warning({}, file.string(), "could not be set up with its defaults: " + *failure,
                     "what it brings beside its settings is left out of the schema");
  }
  schemas_.push_back(schema_of(name, &instance.config_schema(), instance.registrations()));
}

}  // namespace portico::plugin

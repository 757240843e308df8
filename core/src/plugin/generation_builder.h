// SPDX-License-Identifier: Apache-2.0
// The steps of Generation::prepare. Each goes through all plugins before the next begins. A plugin
// that fails a step takes no further one, and the others go on, so that an operator learns of every
// mistake at once. Used once.
#pragma once

#include "config/settings.h"
#include "plugin/generation.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace portico::plugin {

class GenerationBuilder {
 public:
  GenerationBuilder(const config::Settings& settings, const Generation::Parts& parts,
                    config::Problems& problems);

  std::unique_ptr<Generation> run();

 private:
  using Step = bool (GenerationBuilder::*)(std::size_t index);

  /// Those for which the step failed are left behind; the others go on.
  void keep_those_that(Step step);

  void load();
  void load_one(const config::PluginEntry& entry);
  bool binds(std::size_t index);
  bool constructs(std::size_t index);
  bool sets_up(std::size_t index);
  bool has_fine_migrations(std::size_t index);
  void check_declarations();
  void check_declarations_of(const Instance& instance, const config::PluginEntry& entry);
  void resolve();
  void check_permissions();
  void compare_with_previous();

  [[nodiscard]] const config::PluginEntry& entry_of(std::size_t index) const {
    return *entries_[index];
  }
  [[nodiscard]] const config::PluginEntry& entry_of(std::string_view plugin) const;
  [[nodiscard]] Instance& instance(std::size_t index) const {
    return *generation_->instances_[index];
  }
  void tell_of_upgrade(const Library& library) const;
  void error(const config::PluginEntry& entry, std::string_view what,
             std::string_view remedy = {}) {
    problems_.error(entry.mark, entry.path(), what, remedy);
  }

  const config::Settings& settings_;
  const Generation::Parts& parts_;
  config::Problems& problems_;
  std::unique_ptr<Generation> generation_;
  std::vector<const config::PluginEntry*> entries_;  // Of the instances, by index.
};

}  // namespace portico::plugin

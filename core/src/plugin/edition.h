// SPDX-License-Identifier: Apache-2.0
// One configuration, whole: the file, its settings, the plugins' instances, the compiled routes.
// What is served at any moment is one edition; a reload prepares the next beside it. Exchanges in
// flight keep theirs alive.
#pragma once

#include "config/settings.h"
#include "plugin/generation.h"
#include "plugin/site.h"

#include <memory>
#include <optional>
#include <utility>

namespace portico::plugin {

class Edition {
 public:
  /// Prepares everything short of starting. Every problem of every step is added; the edition may
  /// serve only when none of them, nor of loading the settings, was an error. Null when there are
  /// no settings.
  static std::unique_ptr<Edition> prepare(std::optional<config::Loaded> loaded,
                                          const Generation::Parts& parts,
                                          config::Problems& problems);
  Edition(const Edition&) = delete;
  Edition& operator=(const Edition&) = delete;

  [[nodiscard]] const config::Document& document() const noexcept { return *loaded_.document; }
  [[nodiscard]] const config::Settings& settings() const noexcept { return loaded_.settings; }
  [[nodiscard]] Generation& generation() noexcept { return *generation_; }
  [[nodiscard]] const Generation& generation() const noexcept { return *generation_; }
  [[nodiscard]] const Site& site() const noexcept { return *site_; }

 private:
  explicit Edition(config::Loaded loaded) : loaded_(std::move(loaded)) {}

  config::Loaded loaded_;
  std::unique_ptr<Generation> generation_;
  std::unique_ptr<Site> site_;
};

}  // namespace portico::plugin

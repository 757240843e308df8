// SPDX-License-Identifier: Apache-2.0
// A process for generations of plugins that are linked into the test.
#pragma once

#include "base/clock.h"
#include "config/settings.h"
#include "plugin/generation.h"
#include "services/log/capture.h"
#include "unit/temporary_folder.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>

namespace portico::plugin::test {

using portico::test::TemporaryFolder;

class GenerationTest : public testing::Test {
 protected:
  template <class T>
  void link() {
    libraries_.link(T::info, *detail::plugin_entry<T>());
  }

  /// The generation of a file with these lines, or null when there was an error: see `text()`.
  std::unique_ptr<Generation> prepare(std::string_view yaml, const Generation* previous = nullptr,
                                      Liveness liveness = Liveness::Live) {
    problems_ = config::Problems();
    auto document =
        config::Document::parse(yaml, (folder_.path() / "portico.yaml").string(),
                                config::Environment(config::Environment::Variables()), problems_);
    auto loaded = config::bind_settings(std::move(document), problems_);
    if (!loaded) return nullptr;
    auto generation = Generation::prepare(loaded->settings,
                                          {.process = process_,
                                           .libraries = libraries_,
                                           .home = home_,
                                           .liveness = liveness,
                                           .previous = previous},
                                          problems_);
    return problems_.any_error() ? nullptr : std::move(generation);
  }

  /// What the operator reads, the folder of the file left out.
  [[nodiscard]] std::string text() const {
    std::string all = problems_.text();
    const std::string folder = folder_.path().string() + "/";
    for (std::size_t at = 0; (at = all.find(folder)) != std::string::npos;) {
      all.erase(at, folder.size());
    }
    return all;
  }

  TemporaryFolder folder_;
  services::CapturingSink log_;
  services::MetricRegistry metrics_;
  Keep keep_;
  Process process_{base::system_clock(), log_, metrics_, keep_, folder_.path() / "state"};
  Libraries libraries_;
  PluginHome home_{{folder_.path() / "plugins"}};
  config::Problems problems_;
};

}  // namespace portico::plugin::test

// SPDX-License-Identifier: Apache-2.0
#include "plugin/inert_process.h"

#include "base/clock.h"
#include "base/state_directory.h"

namespace portico::plugin {

InertProcess::InertProcess()
    : process_{base::system_clock(), log_, metrics_, keep_, base::state_directory()} {}

Generation::Parts InertProcess::parts() {
  return {.process = process_, .libraries = libraries_, .home = home_, .liveness = Liveness::Inert};
}

std::unique_ptr<Edition> InertProcess::prepare(const std::string& path,
                                               config::Problems& problems) {
  return Edition::prepare(config::load_settings(path, config::Environment::of_process(), problems),
                          parts(), problems);
}

}  // namespace portico::plugin

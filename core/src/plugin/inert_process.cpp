// SPDX-License-Identifier: Apache-2.0
#include "plugin/inert_process.h"

#include "base/clock.h"
#include "base/random.h"
#include "base/state_directory.h"

#include <span>
#include <string>
#include <utility>

namespace portico::plugin {

InertProcess::InertProcess()
    : process_{base::system_clock(), log_, metrics_, keep_, base::state_directory()} {
  use_secret([] {
    std::string secret(32, '\0');
    base::fill_random(std::as_writable_bytes(std::span(secret)));
    return secret;
  });
}

void InertProcess::use_secret(base::Sealer::Secret secret) {
  process_.sealer = &sealer_.emplace(std::move(secret));
}

Generation::Parts InertProcess::parts() {
  return {.process = process_, .libraries = libraries_, .home = home_, .liveness = Liveness::Inert};
}

std::unique_ptr<Edition> InertProcess::prepare(const std::string& path,
                                               config::Problems& problems) {
  return Edition::prepare(config::load_settings(path, config::Environment::of_process(), problems),
                          parts(), problems);
}

}  // namespace portico::plugin

// SPDX-License-Identifier: Apache-2.0
#include "plugin/edition.h"

namespace portico::plugin {

std::unique_ptr<Edition> Edition::prepare(std::optional<config::Loaded> loaded,
                                          const Generation::Parts& parts,
                                          config::Problems& problems) {
  if (!loaded) return nullptr;
  std::unique_ptr<Edition> edition(new Edition(*std::move(loaded)));
  edition->generation_ = Generation::prepare(edition->settings(), parts, problems);
  edition->site_ = Site::compile(edition->settings(), *edition->generation_, problems);
  return edition;
}

}  // namespace portico::plugin

// SPDX-License-Identifier: Apache-2.0
#include "cli/run/unserved.h"

namespace portico::cli {

void refuse_unserved(const config::Settings& settings, config::Problems& problems) {
  for (std::size_t i = 0; i < settings.listen.size(); ++i) {
    const config::Listener& listener = settings.listen[i];
    if (listener.http2 == config::Http2::Off) continue;
    problems.error(listener.mark, config::child_path(config::item_path("listen", i), "http2"),
                   "HTTP/2 cannot be served by this version",
                   "leave it out, and let a proxy in front do it");
  }
}

}  // namespace portico::cli

// SPDX-License-Identifier: Apache-2.0
#include "cli/run/unserved.h"

namespace portico::cli {

void refuse_unserved(const config::Settings& settings, config::Problems& problems) {
  for (std::size_t i = 0; i < settings.listen.size(); ++i) {
    const config::Listener& listener = settings.listen[i];
    const std::string path = config::item_path("listen", i);
    const auto refuse = [&](std::string_view key, std::string_view what) {
      problems.error(listener.mark, config::child_path(path, key),
                     std::string(what) + " cannot be served by this version",
                     "leave it out, and let a proxy in front do it");
    };
    if (listener.http2 != config::Http2::Off) refuse("http2", "HTTP/2");
    if (listener.proxy_protocol) refuse("proxy_protocol", "the PROXY protocol");
  }
}

}  // namespace portico::cli

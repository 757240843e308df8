// SPDX-License-Identifier: Apache-2.0
// TLS as the file orders it: a context for each listener, and every problem of the files that it
// names at its place in the settings.
#pragma once

#include "config/problems.h"
#include "config/settings.h"
#include "tls/context.h"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace portico::tls {

/// One for each of `settings.listen`, in its order; null for a listener without TLS, and for one
/// with an error. Reads files and nothing else. `now` is the wall clock's time; `tickets` may be
/// null where nobody will connect.
[[nodiscard]] std::vector<std::shared_ptr<const Context>> make_contexts(
    const config::Settings& settings, const std::shared_ptr<const TicketKeys>& tickets,
    std::chrono::microseconds now, config::Problems& problems);

/// The files that they are made from, for a FileWatch.
[[nodiscard]] std::vector<std::string> files_of(const config::Settings& settings);

}  // namespace portico::tls

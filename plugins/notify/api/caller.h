// SPDX-License-Identifier: Apache-2.0
// Who asks, and what goes into the audit log.
#pragma once

#include "api/site.h"
#include <portico/http.h>
#include <portico/sql.h>

#include <string>
#include <string_view>

namespace portico::notify {

/// The user who asks. Throws Refusal, 401, where nobody is logged in.
[[nodiscard]] std::string caller_of(const Request& request);
/// The same, for what is theirs: the user of that name whom another issuer knows is somebody else.
/// Throws Refusal, 403, too.
[[nodiscard]] std::string owner_of(const Request& request, const Site& site);

/// `action`: "template_changed", "webhook_changed". In the transaction that does it.
void record(Transaction& db, const Site& site, const Request& request, std::string_view action,
            std::string_view target_type, std::string_view target);

/// An id of the path. Throws Refusal, 404, for what is none.
[[nodiscard]] std::string id_of(const Request& request, std::string_view parameter = "id");

}  // namespace portico::notify

// SPDX-License-Identifier: Apache-2.0
// What the routes share. All of it lasts as long as the plugin.
#pragma once

#include "api/authority.h"
#include <portico/host.h>
#include <portico/identity.h>
#include <portico/sql.h>

#include <cstdint>
#include <optional>

namespace portico::rbac {

struct Parts {
  Host& host;
  Sql& sql;
  Authority& authority;
  /// Who knows the users; null, once the gateway has started, where nobody does.
  Host::Service<Identity> identity;

  /// Runs `work(Transaction&)`, which returns the version that it raised, or nothing where there
  /// was nothing to change. Returns the version that has all of it: this node has applied it by
  /// then.
  template <class Work>
  [[nodiscard]] std::int64_t commit(Work work) const {
    const std::optional<std::int64_t> raised = sql.write(work);
    if (!raised) return authority.version();
    authority.committed(*raised);
    return *raised;
  }
};

}  // namespace portico::rbac

// SPDX-License-Identifier: Apache-2.0
// Whether somebody may still have what they set up once: what goes on without them, webhooks and
// reminders, ends with the permission that it took.
#pragma once

#include <portico/host.h>
#include <portico/identity.h>
#include <portico/sql.h>

#include <string_view>

namespace portico::notify {

class Owners {
 public:
  explicit Owners(Host& host)
      : identity_(host.find<Identity>(Identity::ServiceName)),
        permissions_(host.find<Permissions>(Permissions::ServiceName)) {}

  /// Of users whom nobody here keeps nothing can be told: they may.
  [[nodiscard]] bool may(Reader& db, std::string_view user, std::string_view permission) const;

 private:
  Host::Service<Identity> identity_;
  Host::Service<Permissions> permissions_;
};

}  // namespace portico::notify

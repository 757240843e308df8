// SPDX-License-Identifier: Apache-2.0
// Routes of what the caller wishes to be told of, how, and when.
#pragma once

#include "api/preferences_body.h"
#include "api/site.h"
#include <portico/http.h>

#include <string>

namespace portico::notify {

class PreferenceRoutes {
 public:
  explicit PreferenceRoutes(const Site& site) : site_(site) {}

  [[nodiscard]] Response show(Request& request) const;
  [[nodiscard]] Response change(Request& request) const;

 private:
  [[nodiscard]] PreferencesView view(Reader& db, const std::string& user) const;
  [[nodiscard]] std::string zone_of(Reader& db, const std::string& user) const;

  const Site& site_;
};

}  // namespace portico::notify

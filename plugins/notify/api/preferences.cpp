// SPDX-License-Identifier: Apache-2.0
#include "api/preferences.h"

#include "api/caller.h"
#include "schedule/zone.h"
#include "shared/answers.h"
#include "store/wishes.h"

namespace portico::notify {

PreferencesView PreferenceRoutes::view(Reader& db, const std::string& user) const {
  return view_of(site_.config, site_.ways.names(), wishes::preferences(db, user),
                 wishes::habits(db, user).value_or(Habits()));
}

/// The account's, where it says one that there is.
std::string PreferenceRoutes::zone_of(Reader& db, const std::string& user) const {
  Identity* const identity = site_.identity.operator->();
  const auto contact = identity == nullptr ? std::nullopt : identity->contact(db, user);
  const bool known = contact && schedule::Zone::find(contact->timezone) != nullptr;
  return known ? contact->timezone : "UTC";
}

Response PreferenceRoutes::show(Request& request) const {
  const std::string user = owner_of(request, site_);
  return uncached(
      json(Status::Ok, site_.sql.read_main([&](Reader& db) { return view(db, user); })));
}

Response PreferenceRoutes::change(Request& request) const {
  const std::string user = owner_of(request, site_);
  const auto body = request.json<PreferencesBody>();
  const auto preferences = body.preferences(site_.config, site_.ways.names());
  const PreferencesView changed = site_.sql.write([&](Transaction& db) {
    for (const Preference& each : preferences) wishes::prefer(db, user, each);
    if (body.quiet || body.timezone || !body.digest.empty()) {
      const Habits known = wishes::habits(db, user).value_or(Habits());
      wishes::set_habits(db, user, body.habits(known, site_.config, zone_of(db, user)));
    }
    return view(db, user);
  });
  return uncached(json(Status::Ok, changed));
}

}  // namespace portico::notify

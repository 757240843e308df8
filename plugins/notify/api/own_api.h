// SPDX-License-Identifier: Apache-2.0
// The routes of what is a user's own: inbox, wishes, streams; of links in mails; and of topics and
// suppressed addresses, which others manage.
//
// Who is logged in is found out by a middleware that the file names, and must let pass whoever is
// not, for links in mails are opened without a login: `notify: {use: [auth.optional]}`.
#pragma once

#include "api/inbox.h"
#include "api/preferences.h"
#include "api/site.h"
#include "api/suppressions.h"
#include "api/topics.h"
#include "api/unsubscribe.h"
#include "live/live.h"
#include <portico/plugin.h>

namespace portico::notify {

class OwnApi {
 public:
  /// All last as long as this.
  OwnApi(const Site& site, Live& live);
  OwnApi(const OwnApi&) = delete;
  OwnApi& operator=(const OwnApi&) = delete;

  void setup(Registrar& registrar);

 private:
  void add_inbox(Registrar& registrar);
  void add_wishes(Registrar& registrar);
  void add_topics(Registrar& registrar);
  void add_suppressions(Registrar& registrar);

  const Site site_;
  const InboxRoutes inbox_;
  const PreferenceRoutes preferences_;
  const UnsubscribeRoutes unsubscribe_;
  const TopicRoutes topics_;
  const SuppressionRoutes suppressions_;
};

}  // namespace portico::notify

// SPDX-License-Identifier: Apache-2.0
// The routes below the plugin's mount. What manages messages, templates and webhooks asks for a
// permission; what is a user's own asks who is logged in; links in mails ask for nothing.
#pragma once

#include "api/dead_letters.h"
#include "api/messages.h"
#include "api/reminders.h"
#include "api/site.h"
#include "api/templates.h"
#include "api/webhooks.h"
#include <portico/plugin.h>

namespace portico::notify {

class Api {
 public:
  /// All last as long as this.
  explicit Api(Site site);
  Api(const Api&) = delete;
  Api& operator=(const Api&) = delete;

  void setup(Registrar& registrar);

 private:
  void add_messages(Registrar& registrar);
  void add_dead_letters(Registrar& registrar);
  void add_templates(Registrar& registrar);

  const Site site_;
  const MessageRoutes messages_;
  const DeadLetters dead_letters_;
  const TemplateRoutes templates_;
  const WebhookRoutes webhooks_;
  const ReminderRoutes reminders_;
};

}  // namespace portico::notify

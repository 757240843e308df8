// SPDX-License-Identifier: Apache-2.0
// What the flows of accounts share: made once for an instance of the plugin, which outlives them.
#pragma once

#include "account/account_settings.h"
#include "account/ask_limits.h"
#include "account/even_pace.h"
#include "account/mails.h"
#include "account/revocation_news.h"
#include "account/secrets.h"
#include "account/token_issue.h"
#include "gate/csrf.h"
#include "gate/revocations.h"
#include "password/breaches.h"
#include "password/password_rules.h"
#include "password/passwords.h"
#include "session/sessions.h"
#include "throttle/in_flight.h"
#include "throttle/logins.h"
#include <portico/host.h>
#include <portico/identity.h>
#include <portico/sql.h>

namespace portico::auth {

struct Parts {
  Host& host;
  Sql& sql;
  const AccountSettings& settings;
  const Secrets& secrets;
  const Passwords& passwords;
  const PasswordRules& password_rules;
  Breaches* breaches;  ///< Null where nobody is asked.
  const SessionLimits& session_limits;
  const LoginLimits& login_limits;
  const AskLimits& asks;
  throttle::InFlight& in_flight;
  const TokenIssue& tokens;
  Mails& mails;
  const EvenPace& hash_pace;  ///< Of answers that took a hash,
  const EvenPace& mail_pace;  ///< and of those to whoever asked for a mail.
  Revocations& revocations;
  RevocationNews& news;
  const Csrf& csrf;
  const Host::Service<Permissions>& permissions;
};

}  // namespace portico::auth

// SPDX-License-Identifier: Apache-2.0
// The flows of accounts, and what they share. Made at `start`: it takes the gateway's secret.
#pragma once

#include "account/email_verification.h"
#include "account/key_owners.h"
#include "account/login.h"
#include "account/own_api_keys.h"
#include "account/own_profile.h"
#include "account/own_sessions.h"
#include "account/parts.h"
#include "account/password_change.h"
#include "account/password_reset.h"
#include "account/public_documents.h"
#include "account/refresh.h"
#include "account/session_cookies.h"
#include "account/sign_up.h"
#include "gate/gate.h"
#include "keys/key_ring.h"

#include <memory>
#include <string>

namespace portico::auth {

struct Flows {
  Flows(const AccountSettings& settings, std::shared_ptr<KeyShelf> shelf, Gate& gate,
        RevocationNews& news, const Host::Service<Permissions>& permissions, Host& host);
  Flows(const Flows&) = delete;
  Flows& operator=(const Flows&) = delete;

  Sql& sql;
  const Secrets secrets;
  const Passwords passwords;
  const PasswordRules password_rules;
  const std::unique_ptr<Breaches> breaches;
  const SessionLimits session_limits;
  const LoginLimits login_limits;
  const AskLimits asks;
  throttle::InFlight in_flight;
  KeyRing keys;
  const TokenIssue tokens;
  Mails mails;
  const EvenPace hash_pace;
  const EvenPace mail_pace;
  const Parts parts;

  const SignUp sign_up;
  const EmailVerification verification;
  const Login login;
  const Refresh refresh;
  const OwnSessions sessions;
  const PasswordReset reset;
  const PasswordChange change;
  const OwnProfile profile;
  const PublicDocuments documents;
  SessionCookies cookies;
  const OwnApiKeys api_keys;
  const KeyOwners key_owners;
};

}  // namespace portico::auth

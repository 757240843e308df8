// SPDX-License-Identifier: Apache-2.0
#include "gate/state.h"

namespace portico::auth {

void IssuerState::describe(Schema<IssuerState>& s) {
  s.summary("One whose tokens are accepted.");
  s.field("issuer", &IssuerState::issuer, "Its name.");
  s.field("keys", &IssuerState::keys, "Keys that it has; without any its tokens are answered 503.");
  s.field("fetched_ago", &IssuerState::fetched_ago, "Seconds since they were fetched last.");
  s.field("error", &IssuerState::error, "Why they could not be fetched again.");
}

void State::describe(Schema<State>& s) {
  s.summary("Who is trusted, and what was revoked.");
  s.field("issuers", &State::issuers, "Whose tokens are accepted.");
  s.field("revoked", &State::revoked, "Sessions and users of whom tokens are refused.");
}

}  // namespace portico::auth

// SPDX-License-Identifier: Apache-2.0
// The gate: what all places of `auth`, `auth.optional` and `auth.fresh` have in common, and where
// the keepers of accounts join in: their own issuer, their sessions, what they revoke.
#pragma once

#include "gate/api_keys.h"
#include "gate/csrf.h"
#include "gate/identity_headers.h"
#include "gate/outgoing.h"
#include "gate/revocations.h"
#include "gate/sessions.h"
#include "gate/state.h"
#include "gate/verifier.h"
#include "issuers/issuer.h"
#include "issuers/key_shelf.h"
#include "jose/rules.h"
#include "settings.h"
#include <portico/host.h>
#include <portico/plugin.h>

#include <chrono>
#include <memory>
#include <vector>

namespace portico::auth {

class Gate {
 public:
  /// Both last as long as this. Throws std::invalid_argument for keys that are none.
  Gate(const Config& config, Host& host);
  Gate(const Gate&) = delete;
  Gate& operator=(const Gate&) = delete;

  // Before the first request.

  /// The middlewares, and the fields that clients may not send.
  void setup(Registrar& registrar);
  /// Begins to fetch keys. In `start`. Throws std::runtime_error where accounts are kept and the
  /// file has no `secret`.
  void start();
  /// Tokens of our own are accepted too; their keys are what is on the shelf. In `setup`. Throws
  /// std::invalid_argument where `issuers` has one of that name.
  void trust_own(Rules rules, std::shared_ptr<KeyShelf> shelf);
  /// The session cookie is a credential from now on. In `setup`; `sessions` lasts as long as this.
  void keep_sessions(Sessions& sessions) noexcept { sessions_ = &sessions; }

  /// API keys are credentials from now on. In `setup`; `keys` last as long as this.
  void keep_keys(ApiKeys& keys) noexcept { keys_ = &keys; }

  // At any time, on any thread.

  /// Over reloads the same. Whoever feeds it says `heard` from then on.
  [[nodiscard]] Revocations& revocations() noexcept { return *revocations_; }
  /// Its tokens from `start` on, where accounts are kept.
  [[nodiscard]] const Csrf& csrf() const noexcept { return csrf_; }
  [[nodiscard]] Verifier& verifier() noexcept { return verifier_; }
  /// Null where no sessions are kept.
  [[nodiscard]] Sessions* sessions() const noexcept { return sessions_; }
  /// Null where no keys are kept.
  [[nodiscard]] ApiKeys* keys() const noexcept { return keys_; }
  [[nodiscard]] ForwardToken forward_token() const noexcept { return forward_token_; }
  [[nodiscard]] Host& host() noexcept { return host_; }
  /// For /status.
  [[nodiscard]] State state() const;

 private:
  Host& host_;
  ForwardToken forward_token_;
  std::chrono::nanoseconds staleness_;
  IdentityHeaders headers_;
  std::shared_ptr<Revocations> revocations_;  // With instances before and after this one.
  std::vector<std::unique_ptr<Issuer>> issuers_;
  Csrf csrf_;
  Verifier verifier_;
  Sessions* sessions_ = nullptr;
  ApiKeys* keys_ = nullptr;
  bool keeps_accounts_ = false;
};

}  // namespace portico::auth

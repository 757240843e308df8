// SPDX-License-Identifier: Apache-2.0
// One place of use: finds the credential, has it verified, and asks of its caller what the place
// demands.
#pragma once

#include "gate/caller.h"
#include "gate/credential.h"
#include "gate/refusals.h"
#include "gate/use.h"
#include "gate/verifier.h"
#include <portico/flow.h>
#include <portico/http.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portico::auth {

class Gate;

/// What a place asks for.
struct Demand {
  explicit Demand(const RequiredUse& use);
  explicit Demand(const OptionalUse& use);
  explicit Demand(const FreshUse& use);

  enum class Nobody : std::uint8_t { Refused, Passes };
  Nobody nobody = Nobody::Refused;
  Narrowing narrowing;
  std::vector<std::string> scopes{};
  std::optional<std::chrono::seconds> max_age{};
};

class Rule {
 public:
  /// `gate` lasts as long as this.
  Rule(Demand demand, Gate& gate);

  [[nodiscard]] Flow serve(Request& request) const;

 private:
  /// A token of the request, and how often it was tried.
  struct Waiting {
    std::string_view token{};
    unsigned tries = 0;
  };

  [[nodiscard]] Flow pass_unknown(Request& request) const;
  [[nodiscard]] Flow by_token(Request& request, const Waiting& waiting) const;
  [[nodiscard]] Flow by_session(Request& request, std::string_view cookie) const;
  [[nodiscard]] Flow by_key(Request& request, std::string_view key) const;
  /// Of a session's cookie or of a key, in the database.
  [[nodiscard]] Flow look_up(Credential::Kind kind, std::string_view credential) const;
  /// What to do about anybody who is not known.
  [[nodiscard]] Flow turn_away(const Finding& finding) const;
  [[nodiscard]] Flow wait(Request& request, const Waiting& waiting,
                          std::chrono::milliseconds pause) const;
  [[nodiscard]] Flow ended_session(Request& request) const;
  [[nodiscard]] Flow with_session(Request& request, Finding finding) const;
  [[nodiscard]] Flow with_key(Request& request, Finding finding) const;
  [[nodiscard]] Flow enter(Request& request, std::shared_ptr<const Caller> known) const;
  [[nodiscard]] Flow admit(const Request& request, const Caller& caller) const;
  [[nodiscard]] bool is_for_here(const Caller& caller) const noexcept;

  Demand demand_;
  Refusals refusals_;
  Gate& gate_;
};

}  // namespace portico::auth

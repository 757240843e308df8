// SPDX-License-Identifier: Apache-2.0
#include "gate/rule.h"

#include "gate/gate.h"
#include "gate/outgoing.h"

#include <algorithm>
#include <utility>

namespace portico::auth {
namespace {

using namespace std::chrono_literals;

/// A request holds its caller: the cache may forget it meanwhile, and a reload may end the cache.
struct Held {
  std::shared_ptr<const Caller> caller;
};
constexpr Attribute<Held> HeldCaller{"auth.caller"};

constexpr auto TurnPause = 1ms;
constexpr auto KeysPause = 10ms;
/// So long a request waits for keys that are being fetched.
constexpr unsigned MostTries = 500;

/// What looking a session up has come to.
struct LookedUp {
  enum class What : std::uint8_t { Found, None, Failed };
  What what = What::None;
  KnownSession session{};
};

LookedUp look_up_in(Sessions& sessions, std::string_view cookie) noexcept {
  try {
    auto found = sessions.find(cookie);
    if (!found) return {};
    return {LookedUp::What::Found, *std::move(found)};
  } catch (...) {
    return {LookedUp::What::Failed, {}};
  }
}

bool has_all(std::span<const std::string_view> held, const std::vector<std::string>& wanted) {
  return std::ranges::all_of(wanted, [held](const std::string& scope) {
    return std::ranges::find(held, scope) != held.end();
  });
}

}  // namespace

Demand::Demand(const RequiredUse& use) : narrowing(use), scopes(use.scopes) {}

Demand::Demand(const OptionalUse& use) : nobody(Nobody::Passes), narrowing(use) {}

Demand::Demand(const FreshUse& use) : narrowing(use), scopes(use.scopes), max_age(use.max_age) {}

Rule::Rule(Demand demand, Gate& gate)
    : demand_(std::move(demand)),
      refusals_(demand_.scopes, demand_.max_age.value_or(0s)),
      gate_(gate) {}

Flow Rule::serve(Request& request) const {
  // A place before this one has found out who it is.
  if (const Held* held = request.get(HeldCaller)) return admit(request, *held->caller);
  const Credential credential = find_credential(
      request.headers(), gate_.sessions() != nullptr ? Cookies::Count : Cookies::Ignore);
  switch (credential.kind) {
    case Credential::Kind::None:
    case Credential::Kind::Foreign: break;
    case Credential::Kind::Token: return by_token(request, {credential.text});
    case Credential::Kind::Session: return by_session(request, credential.text);
    case Credential::Kind::ApiKey: return reply(refusals_.api_key());
    case Credential::Kind::Several: return reply(refusals_.several());
  }
  return nobody();
}

Flow Rule::nobody() const {
  if (demand_.nobody == Demand::Nobody::Passes) return pass();
  return reply(refusals_.nobody());
}

Flow Rule::by_token(Request& request, const Waiting& waiting) const {
  const Comes comes = waiting.tries == 0 ? Comes::Anew : Comes::Again;
  const Finding finding = gate_.verifier().token(waiting.token, Moment::of(request), comes);
  switch (finding.what) {
    case Finding::What::Known: return enter(request, finding.caller);
    case Finding::What::Busy: return wait(request, waiting, TurnPause);
    case Finding::What::KeysComing:
      if (waiting.tries < MostTries) return wait(request, waiting, KeysPause);
      return reply(refusals_.no_keys());
    default: return turn_away(finding);
  }
}

Flow Rule::wait(Request& request, const Waiting& waiting, std::chrono::milliseconds pause) const {
  return await(timer(request, pause), [this, waiting](Request& same, Elapsed) {
    return by_token(same, {waiting.token, waiting.tries + 1});
  });
}

Flow Rule::by_session(Request& request, std::string_view cookie) const {
  if (gate_.csrf().judge(request) == Csrf::Verdict::Forged) return reply(refusals_.forged());
  const Finding finding = gate_.verifier().session(cookie, Moment::of(request));
  return finding.what == Finding::What::NotCached ? look_up(cookie)
                                                  : with_session(request, finding);
}

Flow Rule::look_up(std::string_view cookie) const {
  return defer([sessions = gate_.sessions(),
                text = std::string(cookie)] { return look_up_in(*sessions, text); },
               [this, cookie](Request& request, const LookedUp& looked_up) {
                 switch (looked_up.what) {
                   case LookedUp::What::Failed: return reply(refusals_.no_sessions());
                   case LookedUp::What::None: return reply(refusals_.invalid());
                   case LookedUp::What::Found: break;
                 }
                 return with_session(request, gate_.verifier().session(cookie, looked_up.session,
                                                                       Moment::of(request)));
               });
}

Flow Rule::with_session(Request& request, const Finding& finding) const {
  if (finding.what != Finding::What::Known) return turn_away(finding);
  if (gate_.csrf().judge(request) == Csrf::Verdict::NeedsToken &&
      !gate_.csrf().proves(request, finding.caller->principal.session)) {
    return reply(refusals_.forged());
  }
  return enter(request, finding.caller);
}

Flow Rule::turn_away(const Finding& finding) const {
  switch (finding.what) {
    case Finding::What::NoKeys: return reply(refusals_.no_keys());
    case Finding::What::NoRevocations: return reply(refusals_.no_revocations());
    default: return reply(refusals_.invalid());
  }
}

Flow Rule::enter(Request& request, const std::shared_ptr<const Caller>& caller) const {
  request.set(HeldCaller, Held{caller});
  request.principal(caller->principal);
  rewrite_for_upstream(request, *caller, gate_.forward_token());
  request.keep_open_while([&gate = gate_, &request, known = caller.get()] {
    return gate.verifier().holds(*known, Moment::of(request));
  });
  return admit(request, *caller);
}

Flow Rule::admit(const Request& request, const Caller& caller) const {
  if (!is_for_here(caller)) return reply(refusals_.invalid());
  if (!has_all(caller.principal.scopes, demand_.scopes)) return reply(refusals_.insufficient());
  if (demand_.max_age && request.unix_time() - caller.principal.authenticated > *demand_.max_age) {
    return reply(refusals_.stale_login());
  }
  return pass();
}

bool Rule::is_for_here(const Caller& caller) const noexcept {
  const auto& [issuers, audiences] = demand_.narrowing;
  if (!issuers.empty() && std::ranges::find(issuers, caller.principal.issuer) == issuers.end()) {
    return false;
  }
  return audiences.empty() || std::ranges::any_of(audiences, [&caller](const std::string& each) {
           return std::ranges::find(caller.audience, each) != caller.audience.end();
         });
}

}  // namespace portico::auth

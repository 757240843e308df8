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

template <class Find>
LookedUp looked_up(Find find) noexcept {
  try {
    auto found = find();
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

Demand::Demand(const RequiredUse& use) : narrowing{use.issuer, use.audience}, scopes(use.scopes) {}

Demand::Demand(const OptionalUse& use)
    : nobody(Nobody::Passes), narrowing{use.issuer, use.audience} {}

Demand::Demand(const FreshUse& use)
    : narrowing{use.issuer, use.audience}, scopes(use.scopes), max_age(use.max_age) {}

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
    case Credential::Kind::ApiKey: return by_key(request, credential.text);
    case Credential::Kind::Several: return reply(refusals_.several());
  }
  return demand_.nobody == Demand::Nobody::Passes ? pass_unknown(request)
                                                  : reply(refusals_.nobody());
}

Flow Rule::pass_unknown(Request& request) const {
  if (gate_.sessions() != nullptr) drop_own_cookies(request);
  return pass();
}

Flow Rule::by_token(Request& request, const Waiting& waiting) const {
  const Comes comes = waiting.tries == 0 ? Comes::Anew : Comes::Again;
  Finding finding = gate_.verifier().token(waiting.token, Moment::of(request), comes);
  switch (finding.what) {
    case Finding::What::Known: return enter(request, std::move(finding.caller));
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
  Finding finding = gate_.verifier().session(cookie, Moment::of(request));
  if (finding.what == Finding::What::NotCached) return look_up(Credential::Kind::Session, cookie);
  return with_session(request, std::move(finding));
}

Flow Rule::look_up(Credential::Kind kind, std::string_view credential) const {
  const bool is_key = kind == Credential::Kind::ApiKey;
  return defer(
      [is_key, sessions = gate_.sessions(), keys = gate_.keys(), text = std::string(credential)] {
        return looked_up([&] { return is_key ? keys->find_key(text) : sessions->find(text); });
      },
      [this, is_key, credential](Request& request, const LookedUp& answer) {
        switch (answer.what) {
          case LookedUp::What::Failed: return reply(refusals_.no_sessions());
          case LookedUp::What::None:
            return is_key ? reply(refusals_.api_key()) : ended_session(request);
          case LookedUp::What::Found: break;
        }
        Finding finding = gate_.verifier().keep(credential, answer.session, Moment::of(request));
        return is_key ? with_key(request, std::move(finding))
                      : with_session(request, std::move(finding));
      });
}

// A browser sends its cookie without being asked, also long after the session's end: where nobody
// has to be known, that is nobody.
Flow Rule::ended_session(Request& request) const {
  return demand_.nobody == Demand::Nobody::Passes ? pass_unknown(request)
                                                  : reply(refusals_.invalid());
}

Flow Rule::with_session(Request& request, Finding finding) const {
  if (finding.what == Finding::What::Refused) return ended_session(request);
  if (finding.what != Finding::What::Known) return turn_away(finding);
  if (gate_.csrf().judge(request) == Csrf::Verdict::NeedsToken &&
      !gate_.csrf().proves(request, finding.caller->principal.session)) {
    return reply(refusals_.forged());
  }
  return enter(request, std::move(finding.caller));
}

// No browser sends a key by itself, so no page of another site makes it do so.
Flow Rule::by_key(Request& request, std::string_view key) const {
  if (gate_.keys() == nullptr || !gate_.keys()->plausible(key)) return reply(refusals_.api_key());
  Finding finding = gate_.verifier().key(key, Moment::of(request));
  if (finding.what == Finding::What::NotCached) return look_up(Credential::Kind::ApiKey, key);
  return with_key(request, std::move(finding));
}

Flow Rule::with_key(Request& request, Finding finding) const {
  switch (finding.what) {
    case Finding::What::Known: return enter(request, std::move(finding.caller));
    case Finding::What::NoRevocations: return reply(refusals_.no_revocations());
    default: return reply(refusals_.api_key());
  }
}

Flow Rule::turn_away(const Finding& finding) const {
  switch (finding.what) {
    case Finding::What::NoKeys: return reply(refusals_.no_keys());
    case Finding::What::NoRevocations: return reply(refusals_.no_revocations());
    default: return reply(refusals_.invalid());
  }
}

Flow Rule::enter(Request& request, std::shared_ptr<const Caller> known) const {
  const Caller& caller = *request.set(HeldCaller, Held{std::move(known)}).caller;
  request.principal(caller.principal);
  rewrite_for_upstream(request, caller, gate_.forward_token());
  request.keep_open_while([&gate = gate_, &request, &caller] {
    return gate.verifier().holds(caller, Moment::of(request));
  });
  return admit(request, caller);
}

Flow Rule::admit(const Request& request, const Caller& caller) const {
  if (!is_for_here(caller)) return reply(refusals_.invalid());
  if (!has_all(caller.principal.scopes, demand_.scopes)) return reply(refusals_.insufficient());
  if (demand_.max_age) {
    const UnixTime now = gate_.verifier().time(Moment::of(request));
    if (now - caller.principal.authenticated > *demand_.max_age) {
      return reply(refusals_.stale_login());
    }
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

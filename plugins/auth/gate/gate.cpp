// SPDX-License-Identifier: Apache-2.0
#include "gate/gate.h"

#include "gate/csrf_token.h"
#include "gate/rule.h"
#include "gate/use.h"

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <string>
#include <utility>

namespace portico::auth {
namespace {

CsrfTokens::Key csrf_key(const Host& host) {
  CsrfTokens::Key key{};
  host.derive_key("auth csrf", key);
  return key;
}

std::vector<std::string> texts_of(const std::vector<Origin>& origins) {
  std::vector<std::string> texts;
  texts.reserve(origins.size());
  for (const Origin& origin : origins) texts.push_back(origin.text);
  return texts;
}

template <class Use>
void add(Registrar& registrar, std::string_view name, Gate& gate) {
  registrar
      .middleware<Use>(name,
                       [&gate](const Use& use) {
                         return [rule = std::make_shared<const Rule>(Demand(use), gate)](
                                    Request& request) { return rule->serve(request); };
                       })
      .gives("identity");
}

}  // namespace

Gate::Gate(const Config& config, Host& host)
    : host_(host),
      forward_token_(config.forward_token ? ForwardToken::Yes : ForwardToken::No),
      staleness_(config.revocation_staleness),
      headers_(config.identity_headers),
      revocations_(host.keep<Revocations>(
          "revocations",
          [&config] { return std::make_shared<Revocations>(config.revocation_staleness); })),
      csrf_(texts_of(config.trusted_origins)),
      verifier_({issuers_, *revocations_, headers_},
                {config.token_cache.tokens, config.token_cache.memory.count}, host) {
  for (const IssuerSettings& settings : config.issuers) {
    issuers_.push_back(std::make_unique<Issuer>(settings, config.leeway, host));
  }
}

void Gate::setup(Registrar& registrar) {
  headers_.reserve(registrar);
  add<RequiredUse>(registrar, "auth", *this);
  add<OptionalUse>(registrar, "auth.optional", *this);
  add<FreshUse>(registrar, "auth.fresh", *this);
  registrar.status<State>([this] { return state(); });
  host_.every(RemoteKeys::Step, [this] {
    for (const auto& issuer : issuers_) issuer->tick();
  });
}

void Gate::start() {
  if (keeps_accounts_) csrf_.begin(csrf_key(host_));
  revocations_->expect_word_within(staleness_);
  for (const auto& issuer : issuers_) issuer->tick();
}

State Gate::state() const {
  State state{.issuers = {}, .revoked = revocations_->state()->size()};
  for (const auto& issuer : issuers_) {
    IssuerState& shown = state.issuers.emplace_back();
    shown.issuer = issuer->name();
    shown.keys = issuer->key_count();
    const auto report = issuer->report();
    if (!report) continue;
    if (report->fetched) {
      const auto ago =
          std::chrono::duration_cast<std::chrono::seconds>(host_.now() - *report->fetched);
      shown.fetched_ago =
          static_cast<std::uint64_t>(std::max(ago, std::chrono::seconds(0)).count());
    }
    if (!report->error.empty()) shown.error = report->error;
  }
  return state;
}

void Gate::trust_own(Rules rules, std::shared_ptr<KeyShelf> shelf) {
  keeps_accounts_ = true;
  for (const auto& issuer : issuers_) {
    // Its tokens would be taken for another's, whom no revocation concerns.
    if (issuer->name() != rules.issuer) continue;
    throw std::invalid_argument("`issuers` has " + rules.issuer +
                                ", which is this gateway's own `issuer`; remove it there");
  }
  issuers_.push_back(std::make_unique<Issuer>(std::move(rules), std::move(shelf)));
}

}  // namespace portico::auth

// SPDX-License-Identifier: Apache-2.0
#include "gate/gate.h"

#include "gate/csrf_token.h"
#include "gate/rule.h"
#include "gate/use.h"

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
  host_.every(RemoteKeys::Step, [this] {
    for (const auto& issuer : issuers_) issuer->tick();
  });
}

void Gate::start() {
  if (keeps_accounts_) csrf_.begin(csrf_key(host_));
  for (const auto& issuer : issuers_) issuer->tick();
}

void Gate::trust_own(Rules rules, std::shared_ptr<KeyShelf> shelf) {
  keeps_accounts_ = true;
  issuers_.push_back(std::make_unique<Issuer>(std::move(rules), std::move(shelf)));
}

}  // namespace portico::auth

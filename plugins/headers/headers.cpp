// SPDX-License-Identifier: Apache-2.0
// Security headers on every answer. The settings are prepared when they are loaded; a request costs
// a pass over the headers of its answer, and a nonce where the policy asks for one.
#include "headers.h"

#include "nonce.h"

#include <array>
#include <cstddef>
#include <utility>

namespace portico::headers {
namespace {

Nonce fresh_nonce(const Host& host) {
  std::array<std::byte, Nonce::Bytes> random{};
  host.random(random);
  return Nonce(random);
}

/// One place of use.
class Rule {
 public:
  Rule(const Host& host, const Config& config) : host_(host), decoration_(config) {}

  Flow operator()(Request& request) const {
    if (!decoration_.wants_nonce()) {
      return pass([this](Response& response) { decoration_.apply(response, {}); });
    }
    const Nonce nonce = fresh_nonce(host_);
    // Replaces what a client may have sent: whoever knows the nonce can write scripts.
    request.headers().set(decoration_.nonce_header(), nonce.text());
    request.set(CspNonce, *request.headers().get(decoration_.nonce_header()));
    return pass([this, nonce](Response& response) { decoration_.apply(response, nonce.text()); });
  }

 private:
  const Host& host_;
  Decoration decoration_;
};

}  // namespace

void HeadersPlugin::setup(Registrar& registrar) {
  registrar.middleware<Use>(info.name, [this](const Use& use) { return Rule(host_, use); })
      .single();
  registrar.early([this](Response& response) {
    early_.apply(response, early_.wants_nonce() ? fresh_nonce(host_).text() : std::string_view());
  });
}

}  // namespace portico::headers

PORTICO_EXPORT_PLUGIN(portico::headers::HeadersPlugin)

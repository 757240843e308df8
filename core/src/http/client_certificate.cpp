// SPDX-License-Identifier: Apache-2.0
#include "tls/client_certificate.h"

#include "http/request_state.h"

namespace portico {

std::optional<ClientCertificate> Request::client_certificate() const noexcept {
  const tls::ClientCertificate* const facts = http::RequestState::of(*this).head.certificate;
  if (facts == nullptr) return std::nullopt;
  return ClientCertificate(*facts);
}

std::string_view ClientCertificate::subject() const noexcept { return facts_->subject; }

std::string_view ClientCertificate::issuer() const noexcept { return facts_->issuer; }

std::string_view ClientCertificate::serial() const noexcept { return facts_->serial; }

std::span<const std::string> ClientCertificate::names() const noexcept { return facts_->names; }

std::string_view ClientCertificate::fingerprint() const noexcept { return facts_->fingerprint; }

}  // namespace portico

// SPDX-License-Identifier: Apache-2.0
// The gateway's secret: taken once, before the first plugin starts, and kept over reloads.
#include "cli/run/gateway.h"
#include "cli/run/secret.h"

#include <algorithm>
#include <stdexcept>

namespace portico::cli {

std::optional<std::string> Gateway::take_secret(const config::Settings& settings) {
  const auto encrypted = [](const config::Listener& listener) { return listener.tls.has_value(); };
  if (tickets_ != nullptr) return std::nullopt;
  secret_ = secret_of(settings);
  if (!*secret_) {
    if (std::ranges::any_of(settings.listen, encrypted)) return secret_->error();
    log_.write(Level::Warning, "core",
               "signed cookies will not outlive this process: " + secret_->error());
  }
  const std::string secret = *secret_ ? **secret_ : fresh_secret();
  tickets_ = std::make_shared<const tls::TicketKeys>(secret, base::system_clock());
  cookie_signer_ = std::make_unique<const http::CookieSigner>(secret);
  return std::nullopt;
}

std::string Gateway::lasting_secret() const {
  if (!secret_) throw std::runtime_error("nothing can be sealed before `start`");
  if (!*secret_) throw std::runtime_error(secret_->error());
  return **secret_;
}

}  // namespace portico::cli

// SPDX-License-Identifier: Apache-2.0
// Whether a request that brings a session cookie may change something: asked of the browser first,
// then of its Origin, then of a token that only our own pages can read. On the loop.
#pragma once

#include "gate/csrf_token.h"
#include <portico/http.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace portico::auth {

class Csrf {
 public:
  /// `trusted` are origins beside our own.
  explicit Csrf(std::vector<std::string> trusted) : trusted_(std::move(trusted)) {}

  /// Before the first request that brings a cookie: the key of the tokens.
  void begin(const CsrfTokens::Key& key) { tokens_.emplace(key); }
  /// Requires `begin`.
  [[nodiscard]] const CsrfTokens& tokens() const noexcept { return *tokens_; }

  enum class Verdict : std::uint8_t {
    Fine,
    NeedsToken,  ///< `proves` decides, once the session is known.
    Forged,
  };
  [[nodiscard]] Verdict judge(const Request& request) const noexcept;
  /// Whether the request bears the token of that session.
  [[nodiscard]] bool proves(const Request& request, std::string_view session) const noexcept;

 private:
  std::vector<std::string> trusted_;
  std::optional<CsrfTokens> tokens_;
};

}  // namespace portico::auth

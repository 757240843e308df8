// SPDX-License-Identifier: Apache-2.0
// The opening handshake of RFC 6455, the server's side.
#pragma once

#include <portico/http.h>

#include <array>
#include <optional>
#include <string_view>

namespace portico::http::websocket {

/// What proves to the client that its request was understood: Sec-WebSocket-Accept.
class AcceptKey {
 public:
  explicit AcceptKey(std::string_view key) noexcept;
  [[nodiscard]] std::string_view text() const noexcept { return {text_.data(), Size}; }

 private:
  static constexpr std::size_t Size = 28;
  std::array<char, Size + 1> text_{};
};

/// The answer to a request that opens no WebSocket; empty when it opens one.
[[nodiscard]] std::optional<Response> refuse_handshake(Request& request);

}  // namespace portico::http::websocket

// SPDX-License-Identifier: Apache-2.0
// Whether a request that changes something was sent by a page of ours. Browsers send cookies along
// with what any page makes them send, so a session cookie alone proves nothing of who asked. First
// is what the browser itself says (Sec-Fetch-Site), which no page can change; then the Origin;
// where it says neither, it takes a token that a page of another site cannot read (csrf_token.h).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace portico::auth {

/// What a request says of the page that sent it. Absent is empty.
struct Sender {
  std::string_view fetch_site{};  ///< Sec-Fetch-Site.
  std::string_view origin{};
  std::string_view scheme{};  ///< Of the request itself, and its Host with the port.
  std::string_view host{};
};

enum class SentBy : std::uint8_t {
  Us,       ///< A page of this origin, one that is trusted, or the user's own hand.
  Unknown,  ///< An old browser, or no browser.
  Others,
};

/// `trusted` are origins as browsers write them: "https://app.example.com".
[[nodiscard]] SentBy sent_by(const Sender& sender, std::span<const std::string> trusted) noexcept;

/// Of such requests nobody asks who sent them; a GET that asks for a WebSocket is none of them.
[[nodiscard]] bool is_safe_method(std::string_view method) noexcept;

}  // namespace portico::auth

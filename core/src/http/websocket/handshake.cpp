// SPDX-License-Identifier: Apache-2.0
#include "http/websocket/handshake.h"

#include "base/text.h"
#include "http/h1/characters.h"
#include "http/request_state.h"

#include <algorithm>
#include <string>

#include <openssl/evp.h>

namespace portico::http::websocket {

namespace {

constexpr std::string_view Version = "13";
// The constant of RFC 6455 §1.3.
constexpr std::string_view Salt = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/// 16 bytes in base64.
[[nodiscard]] bool is_key(std::string_view key) noexcept {
  constexpr std::size_t Size = 24;
  const auto is_digit = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' ||
           c == '/';
  };
  return key.size() == Size && key.ends_with("==") &&
         std::ranges::all_of(key.substr(0, Size - 2), is_digit);
}

[[nodiscard]] bool offers_websocket(const RequestState& request) noexcept {
  bool offered = false;
  h1::for_each_member(request.head.upgrade, [&offered](std::string_view protocol) {
    offered = offered || base::iequals(protocol, "websocket");
  });
  return offered;
}

Response upgrade_required() {
  Response answer = problem(Status::UpgradeRequired, "websocket_required",
                            "This address speaks WebSocket, version 13.");
  answer.headers().set("Sec-WebSocket-Version", Version);
  return answer;
}

}  // namespace

AcceptKey::AcceptKey(std::string_view key) noexcept {
  std::array<unsigned char, 24 + Salt.size()> salted{};
  const auto end = std::copy_n(key.begin(), std::min<std::size_t>(key.size(), 24), salted.begin());
  const auto stop = std::copy(Salt.begin(), Salt.end(), end);
  std::array<unsigned char, 20> digest{};
  EVP_Digest(salted.data(), static_cast<std::size_t>(stop - salted.begin()), digest.data(), nullptr,
             EVP_sha1(), nullptr);
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): OpenSSL's bytes are unsigned.
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text_.data()), digest.data(),
                  static_cast<int>(digest.size()));
}

std::optional<Response> refuse_handshake(Request& request) {
  const Headers& fields = request.headers();
  if (request.method() != "GET" || !offers_websocket(RequestState::of(request)) ||
      fields.get("Sec-WebSocket-Version") != Version) {
    return upgrade_required();
  }
  const auto key = fields.get("Sec-WebSocket-Key");
  if (!key || !is_key(*key) || RequestState::of(request).head.body_length != 0) {
    return problem(Status::BadRequest, "bad_handshake",
                   "A WebSocket's request has a Sec-WebSocket-Key of 16 bytes and no body.");
  }
  return std::nullopt;
}

}  // namespace portico::http::websocket

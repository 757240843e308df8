// SPDX-License-Identifier: Apache-2.0
// What is behind the SDK's `Response`. Made in the arena of the request being served; outside any
// request it owns a small arena of its own, which dies with it.
#pragma once

#include "base/arena.h"
#include "http/body_stages.h"
#include "http/feed_state.h"
#include "http/header_list.h"
#include "http/receiver.h"
#include <portico/http.h>

#include <cstdint>
#include <memory>
#include <string_view>

namespace portico::detail {

struct ResponseState {
  /// Where the body is.
  enum class Body : std::uint8_t {
    Held,      ///< In `body`; empty when nothing was set.
    Upstream,  ///< Streams from an upstream.
    Feed,      ///< Whatever is written to `feed`.
  };

  explicit ResponseState(base::Arena& memory) noexcept : arena(&memory), headers(memory) {}

  static ResponseState& of(Response& response) noexcept { return *response.state_; }
  static const ResponseState& of(const Response& response) noexcept { return *response.state_; }

  base::Arena* arena;
  bool owns_arena = false;
  Body source = Body::Held;
  std::uint16_t status = 200;
  HeaderList headers;
  std::string_view body;
  std::string_view internal;  ///< For the log alone.
  http::BodyStages stages;
  FeedEnd feed;
  std::string_view upgrade;                  ///< With 101: the protocol, a literal.
  std::unique_ptr<http::Receiver> receiver;  ///< With 101 and a feed: who speaks it.
};

}  // namespace portico::detail

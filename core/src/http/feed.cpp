// SPDX-License-Identifier: Apache-2.0
#include "http/feed_state.h"
#include "http/response_state.h"
#include <portico/stream.h>

#include <utility>

namespace portico {

using detail::FeedState;
using detail::ResponseState;

Feed::Feed(const FeedOptions& options) : state_(new FeedState(options)) {}

Feed::Feed(const Feed& other) noexcept : state_(other.state_) {
  if (state_ != nullptr) state_->acquire();
}

Feed::~Feed() {
  if (state_ != nullptr) state_->release();
}

bool Feed::write(std::string_view bytes) const { return state_->write(bytes); }

void Feed::end() const noexcept { state_->end(); }

bool Feed::open() const noexcept { return state_->open(); }

void Feed::on_close(Callable<void()> closed) const { state_->on_close(std::move(closed)); }

Response stream(const Feed& feed, std::string_view content_type) {
  Response answer;
  ResponseState& state = ResponseState::of(answer);
  state.headers.set("Content-Type", content_type);
  state.source = ResponseState::Body::Feed;
  state.feed.hold(FeedState::of(feed));
  return answer;
}

}  // namespace portico

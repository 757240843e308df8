// SPDX-License-Identifier: Apache-2.0
#include "stopgap/request_body.h"

#include <algorithm>

namespace portico::stopgap {

void IncomingBody::begin(const Head& head, std::uint64_t limit) noexcept {
  room_ = limit;
  if (head.chunked) {
    chunks_.emplace();
    length_.reset();
    state_ = State::More;
    return;
  }
  length_ = left_ = head.content_length.value_or(0);
  state_ = left_ == 0 ? State::Done : left_ > limit ? State::TooLarge : State::More;
}

std::string_view IncomingBody::take(std::string_view& bytes) {
  if (state_ != State::More) return {};
  if (!chunks_) {
    const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size()));
    const std::string_view piece = bytes.substr(0, size);
    bytes.remove_prefix(size);
    left_ -= size;
    if (left_ == 0) state_ = State::Done;
    return piece;
  }
  const std::string_view piece = chunks_->take(bytes);
  if (chunks_->state() == ChunkDecoder::State::Done) state_ = State::Done;
  if (chunks_->state() == ChunkDecoder::State::Broken) state_ = State::Broken;
  if (piece.size() > room_) {
    state_ = State::TooLarge;
    return {};
  }
  room_ -= piece.size();
  return piece;
}

}  // namespace portico::stopgap

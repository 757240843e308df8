// SPDX-License-Identifier: Apache-2.0
#include "http/response_state.h"

#include <utility>

namespace portico {

using base::Arena;
using detail::ResponseState;

namespace {

// Enough for a problem's fields and body.
constexpr std::size_t OwnArena = 1024;

ResponseState* make_state() {
  if (Arena* const arena = Arena::current()) return arena->make<ResponseState>(*arena);
  auto own = std::make_unique<Arena>(OwnArena);
  auto* const state = own->make<ResponseState>(*own);
  state->owns_arena = true;
  own.release();  // NOLINT(bugprone-unused-return-value): the state owns the arena that it lies in
  return state;
}

void destroy(ResponseState* state) noexcept {
  if (state == nullptr) return;
  const std::unique_ptr<Arena> own(state->owns_arena ? state->arena : nullptr);
  state->~ResponseState();
}

}  // namespace

Response::Response(Status status) : state_(make_state()) { this->status(status); }

Response::Response(Response&& other) noexcept : state_(std::exchange(other.state_, nullptr)) {}

Response& Response::operator=(Response&& other) noexcept {
  std::swap(state_, other.state_);
  return *this;
}

Response::~Response() { destroy(state_); }

Status Response::status() const noexcept { return static_cast<Status>(state_->status); }

void Response::status(Status status) noexcept {
  state_->status = static_cast<std::uint16_t>(status);
}

Headers& Response::headers() noexcept { return state_->headers; }

const Headers& Response::headers() const noexcept { return state_->headers; }

std::string_view Response::body() const noexcept { return state_->body; }

void Response::body(std::string_view bytes, std::string_view content_type) {
  state_->headers.set("Content-Type", content_type);
  state_->body = state_->arena->copy(bytes);
  state_->source = ResponseState::Body::Held;
}

void Response::transform(std::unique_ptr<BodyStage> stage) {
  state_->stages.add(std::move(stage), *state_->arena);
}

}  // namespace portico

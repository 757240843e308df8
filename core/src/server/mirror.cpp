// SPDX-License-Identifier: Apache-2.0
#include "server/mirror.h"

#include "server/lane.h"
#include "upstream/group.h"
#include "upstream/outbound.h"

#include <algorithm>
#include <atomic>
#include <new>
#include <utility>

namespace portico::server {
namespace {

using http::h1::BodyFraming;
using http::h1::Parsed;
using upstream::Call;

/// What may be under way at once is of all loops.
[[nodiscard]] bool takes_place(detail::UpstreamState::Mirrored& mirrored,
                               std::uint32_t most) noexcept {
  if (mirrored.under_way.fetch_add(1, std::memory_order_relaxed) < most) return true;
  mirrored.under_way.fetch_sub(1, std::memory_order_relaxed);
  mirrored.left_out.fetch_add(1, std::memory_order_relaxed);
  return false;
}

/// All that a policy may ask of it but its attributes.
void copy(const http::RequestState& from, http::RequestState& to) {
  base::Arena& arena = to.arena;
  to.head = from.head;
  to.head.certificate = nullptr;
  for (std::string_view* const text :
       {&to.head.method, &to.head.path, &to.head.query, &to.head.host, &to.head.scheme,
        &to.head.client_address, &to.head.peer_address, &to.head.id, &to.head.upgrade}) {
    *text = arena.copy(*text);
  }
  auto* const params = arena.array<http::Param>(from.head.params.size());
  std::ranges::transform(from.head.params, params, [&arena](const http::Param& param) {
    return http::Param{arena.copy(param.name), arena.copy(param.value)};
  });
  to.head.params = {params, from.head.params.size()};
  for (const Headers::Entry& field : from.fields.entries()) {
    to.fields.add_received(arena.copy(field.name), arena.copy(field.value));
  }
  to.cookie_signer = from.cookie_signer;
}

}  // namespace

Mirror* Mirrors::begin(const upstream::Question& question, const Target& target,
                       Served& served) noexcept {
  detail::UpstreamState& group = detail::UpstreamState::of(*target.mirror);
  if (!takes_place(group.mirrored, target.mirror_requests)) return nullptr;
  try {
    under_way_.reserve(under_way_.size() + 1);
    // For all there are, so that none has to ask for memory in order to end.
    spare_.reserve(spare_.size() + under_way_.size() + 1);
    if (spare_.empty()) spare_.push_back(std::make_unique<Mirror>(lane_));
    spare_.back()->fill(question, target, served);
  } catch (const std::bad_alloc&) {
    group.mirrored.under_way.fetch_sub(1, std::memory_order_relaxed);
    return nullptr;
  }
  under_way_.push_back(std::move(spare_.back()));
  spare_.pop_back();
  return under_way_.back().get();
}

void Mirrors::take_back(Mirror& mirror) noexcept {
  const auto found = std::ranges::find(under_way_, &mirror, &std::unique_ptr<Mirror>::get);
  std::unique_ptr<Mirror> owned = std::move(*found);
  *found = std::move(under_way_.back());
  under_way_.pop_back();
  // The loop knows one that is queued, and finds it at rest.
  if (spare_.size() < SpareMirrors || mirror.queued) spare_.push_back(std::move(owned));
}

void Mirrors::cut() noexcept {
  while (!under_way_.empty()) under_way_.back()->drop();
}

Mirror::Mirror(Lane& lane) : lane_(lane) { Task::run = on_task; }

Mirror::~Mirror() = default;

void Mirror::fill(const upstream::Question& question, const Target& target, Served& served) {
  arena_.reset();
  request_.reset();
  copy(*question.request, request_);
  question_ = {.request = &request_,
               .path = arena_.copy(question.path),
               .query = arena_.copy(question.query),
               .host = arena_.copy(question.host),
               .endpoint_host = question.endpoint_host,
               .body = question.body};
  group_ = &detail::UpstreamState::of(*target.mirror);
  most_body_ = target.mirror_body;
  read_ = 0;
  given_ = false;
  served_ = &served;
  lane_.keep(served);
}

bool Mirror::add(std::string_view bytes) noexcept {
  try {
    if (body_.waiting() + bytes.size() <= most_body_) {
      body_.append(bytes);
      return true;
    }
  } catch (const std::bad_alloc&) {  // It is a copy: the request goes on without it.
  }
  group_->mirrored.left_out.fetch_add(1, std::memory_order_relaxed);
  drop();
  return false;
}

void Mirror::send() noexcept {
  if (question_.body.kind == BodyFraming::Kind::Chunked) {
    question_.body = {BodyFraming::Kind::Length, body_.waiting()};
  }
  try {
    call_ = &lane_.outbound().lend();
    group_->mirrored.sent.fetch_add(1, std::memory_order_relaxed);
    call_->begin(*this, question_, *group_);
  } catch (const std::bad_alloc&) {
    return end();
  }
  call_moved();
}

void Mirror::drop() noexcept { end(); }

/// Never within the call's own function.
void Mirror::call_moved() noexcept { lane_.loop().later(*this); }

void Mirror::on_task(loop::Task& task) noexcept {
  auto& mirror = static_cast<Mirror&>(task);
  // It may have been cut meanwhile.
  if (mirror.call_ == nullptr) return;
  try {
    while (mirror.go_on()) {
    }
  } catch (const std::bad_alloc&) {
    mirror.end();
  }
}

/// Whether there is more to do now.
bool Mirror::go_on() {
  switch (call_->stage()) {
    case Call::Stage::Interim: call_->go_on(); return true;
    case Call::Stage::Asking: feed(); return false;
    case Call::Stage::Answered: feed(); return read_on();
    case Call::Stage::Ended:
    case Call::Stage::Failed: end(); return false;
    default: return false;
  }
}

void Mirror::feed() {
  if (call_->takes_body() && !std::exchange(given_, true)) call_->hold(body_.pieces()[0]);
  if (given_ && call_->takes_body()) call_->end_body();
}

bool Mirror::read_on() {
  const Call::Piece piece = call_->next_body();
  read_ += piece.data.size();
  if (piece.state == Parsed::More && read_ <= MostRead) return !piece.data.empty();
  end();
  return false;
}

void Mirror::end() noexcept {
  if (call_ != nullptr) {
    call_->reset();
    lane_.outbound().take_back(*std::exchange(call_, nullptr));
  }
  group_->mirrored.under_way.fetch_sub(1, std::memory_order_relaxed);
  body_.clear();
  request_.reset();
  arena_.reset();
  lane_.let_go(*std::exchange(served_, nullptr));
  lane_.mirrors().take_back(*this);
}

}  // namespace portico::server

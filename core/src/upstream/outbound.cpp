// SPDX-License-Identifier: Apache-2.0
#include "upstream/outbound.h"

#include "base/random.h"

#include <array>
#include <span>
#include <utility>

namespace portico::upstream {

Outbound::Outbound(loop::Loop& loop, services::LogSink& log) : loop_(loop), log_(log) {
  base::fill_random(std::as_writable_bytes(std::span(&seed_, 1)));
  seed_ |= 1;
  Task::run = on_task;
}

Outbound::~Outbound() {
  locals_.clear();
  empty_graves();
}

void Outbound::bury(Connection& connection) noexcept {
  connection.next = std::exchange(buried_, &connection);
  loop_.later(*this);
}

void Outbound::on_task(loop::Task& task) noexcept { static_cast<Outbound&>(task).empty_graves(); }

void Outbound::empty_graves() noexcept {
  while (buried_ != nullptr) {
    const std::unique_ptr<Connection> dead(std::exchange(buried_, buried_->next));
  }
}

// xorshift64*: quick, and good enough to spread load.
std::uint32_t Outbound::random() noexcept {
  seed_ ^= seed_ >> 12;
  seed_ ^= seed_ << 25;
  seed_ ^= seed_ >> 27;
  return static_cast<std::uint32_t>((seed_ * 0x2545F4914F6CDD1DULL) >> 32);
}

void Outbound::note(const detail::UpstreamState& group, const Backend& backend, const Try& made,
                    std::string_view request_id) noexcept {
  // A fetch of the gateway's own tells whoever fetches, and they know what it means.
  if (request_id.empty()) return;
  const std::array fields{
      services::Field{"upstream", group.name}, services::Field{"endpoint", backend.name},
      services::Field{"outcome", word(made.how)}, services::Field{"reason", made.reason},
      services::Field{"request_id", request_id}};
  log_.write(Level::Warning, "core", "an upstream failed", fields);
}

Call& Outbound::lend() {
  return spare_.lend([this] { return std::make_unique<Call>(*this); });
}

void Outbound::take_back(Call& call) noexcept { spare_.take_back(call); }

Local& Outbound::local(detail::UpstreamState& group) {
  const auto found = locals_.find(group.id);
  if (found != locals_.end()) return *found->second;
  std::erase_if(locals_, [](const auto& each) { return each.second->forgotten(); });
  auto made = std::make_unique<Local>(*this, group.shared_from_this());
  return *locals_.emplace(group.id, std::move(made)).first->second;
}

}  // namespace portico::upstream

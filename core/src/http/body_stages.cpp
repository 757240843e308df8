// SPDX-License-Identifier: Apache-2.0
#include "http/body_stages.h"

#include <utility>

namespace portico::http {

/// Behind the SDK's `Sink`: passes on to the next stage, or to the outlet.
class StageSink final : public Sink {
 public:
  StageSink(BodyStages& stages, BodyStages::Node* next, Outlet& outlet) noexcept
      : stages_(stages), next_(next), outlet_(outlet) {}

  void pass_on(std::string_view bytes) { stages_.run(next_, bytes, outlet_); }
  [[nodiscard]] bool full() const noexcept { return outlet_.full(); }

 private:
  BodyStages& stages_;
  BodyStages::Node* next_;
  Outlet& outlet_;
};

void BodyStages::add(std::unique_ptr<BodyStage> stage, base::Arena& arena) {
  Node* const node = arena.make<Node>(Node{stage.get(), nullptr, Unclaimed});
  (first_ == nullptr ? first_ : last_->next) = node;
  last_ = node;
  stage.release();  // NOLINT(bugprone-unused-return-value): the list owns it now
}

void BodyStages::clear() noexcept {
  last_ = nullptr;
  for (Node* node = std::exchange(first_, nullptr); node != nullptr; node = node->next) {
    delete node->stage;
  }
}

bool BodyStages::claim(std::size_t owner) noexcept {
  bool claimed = false;
  for (Node* node = first_; node != nullptr; node = node->next) {
    if (node->owner != Unclaimed) continue;
    node->owner = owner;
    claimed = true;
  }
  return claimed;
}

void BodyStages::run(Node* node, std::string_view bytes, Outlet& outlet) {
  if (bytes.empty()) return;
  if (node == nullptr) return outlet.write(bytes);
  StageSink sink(*this, node->next, outlet);
  Node* const caller = std::exchange(running_, node);
  node->stage->on_chunk(bytes, sink);
  running_ = caller;
}

void BodyStages::push(std::string_view bytes, Outlet& outlet) { run(first_, bytes, outlet); }

void BodyStages::end(Outlet& outlet) {
  for (Node* node = first_; node != nullptr; node = node->next) {
    StageSink sink(*this, node->next, outlet);
    running_ = node;
    node->stage->on_end(sink);
  }
}

}  // namespace portico::http

namespace portico {

BodyStage::~BodyStage() = default;

void Sink::write(std::string_view bytes) { static_cast<http::StageSink*>(this)->pass_on(bytes); }

bool Sink::full() const noexcept { return static_cast<const http::StageSink*>(this)->full(); }

}  // namespace portico

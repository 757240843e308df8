// SPDX-License-Identifier: Apache-2.0
#include "redis/reply.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <iterator>
#include <new>
#include <utility>

namespace portico {

using detail::RedisAccess;
using detail::RedisNode;
using Kind = RedisValue::Kind;

namespace {

constexpr RedisNode Nothing{};

RedisNode* new_root() {
  return ::new (redis::reply_room(nullptr, sizeof(RedisNode))) RedisNode{.on_heap = true};
}

RedisReply with_text(Kind kind, std::string_view bytes) {
  void* const block = redis::reply_room(nullptr, sizeof(RedisNode) + bytes.size());
  auto* const root = ::new (block) RedisNode{.kind = kind, .on_heap = true};
  char* const copy = reinterpret_cast<char*>(root + 1);
  if (!bytes.empty()) std::memcpy(copy, bytes.data(), bytes.size());
  root->text = {copy, bytes.size()};
  return RedisAccess::reply(root);
}

struct Extent {
  std::size_t nodes = 1;
  std::size_t bytes = 0;
};

Extent extent_of(const RedisNode& node) noexcept {
  Extent sum{1, node.text.size()};
  for (std::size_t i = 0; i < node.count; ++i) {
    const Extent inner = extent_of(node.items[i]);
    sum.nodes += inner.nodes;
    sum.bytes += inner.bytes;
  }
  return sum;
}

/// Copies values into one block, nodes in front of texts.
struct Copier {
  RedisNode* nodes;
  char* bytes;

  void copy(const RedisNode& from, RedisNode& to) {
    to = from;
    to.on_heap = false;
    if (!from.text.empty()) {
      std::memcpy(bytes, from.text.data(), from.text.size());
      to.text = {std::exchange(bytes, bytes + from.text.size()), from.text.size()};
    }
    RedisNode* const items = std::exchange(nodes, nodes + from.count);
    to.items = items;
    for (std::size_t i = 0; i < from.count; ++i) {
      copy(from.items[i], *::new (items + i) RedisNode);
    }
  }
};

}  // namespace

Kind RedisValue::kind() const noexcept { return node_->kind; }

std::optional<std::int64_t> RedisValue::integer() const noexcept {
  if (node_->kind == Kind::Integer) return node_->integer;
  if (node_->kind != Kind::Text) return std::nullopt;
  std::int64_t value = 0;
  const char* const end = node_->text.data() + node_->text.size();
  const auto read = std::from_chars(node_->text.data(), end, value);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return value;
}

std::string_view RedisValue::text() const noexcept { return node_->text; }

std::size_t RedisValue::size() const noexcept { return node_->count; }

RedisValue RedisValue::operator[](std::size_t index) const noexcept {
  return RedisValue(index < node_->count ? &node_->items[index] : &Nothing);
}

RedisReply::RedisReply(RedisReply&& other) noexcept
    : RedisValue(std::exchange(other.node_, &Nothing)) {}

RedisReply::~RedisReply() {
  if (node_->on_heap) ::operator delete(const_cast<RedisNode*>(node_));
}

RedisReply RedisReply::none() { return RedisAccess::reply(&Nothing); }

RedisReply RedisReply::of(std::int64_t value) {
  RedisNode* const root = new_root();
  root->kind = Kind::Integer;
  root->integer = value;
  return RedisAccess::reply(root);
}

RedisReply RedisReply::of(std::string_view bytes) { return with_text(Kind::Text, bytes); }

RedisReply RedisReply::of(std::vector<RedisReply> items) {
  Extent all;
  for (const RedisReply& item : items) {
    const Extent inner = extent_of(RedisAccess::node(item));
    all.nodes += inner.nodes;
    all.bytes += inner.bytes;
  }
  auto* const nodes = static_cast<RedisNode*>(
      redis::reply_room(nullptr, all.nodes * sizeof(RedisNode) + all.bytes));
  auto* const root = ::new (nodes) RedisNode{.kind = Kind::List, .on_heap = true};
  root->items = nodes + 1;
  root->count = items.size();
  Copier copier{nodes + 1 + items.size(), reinterpret_cast<char*>(nodes + all.nodes)};
  for (std::size_t i = 0; i < items.size(); ++i) {
    copier.copy(RedisAccess::node(items[i]), *::new (nodes + 1 + i) RedisNode);
  }
  return RedisAccess::reply(root);
}

RedisReply RedisReply::refused(std::string_view sentence) {
  return with_text(Kind::Error, sentence);
}

RedisReply RedisReply::lost(std::string_view why) { return with_text(Kind::Away, why); }

namespace redis {

void* reply_room(base::Arena* arena, std::size_t size) {
  return arena == nullptr ? ::operator new(size) : arena->allocate(size);
}

std::string_view word(Away why) noexcept {
  switch (why) {
    case Away::NotConnected: return "not_connected";
    case Away::TimedOut: return "timed_out";
    case Away::Broken: return "broken";
    case Away::Overloaded: break;
  }
  return "overloaded";
}

RedisReply away(Away why) noexcept {
  static constexpr std::array<RedisNode, 4> Nodes = {
      RedisNode{.kind = Kind::Away, .text = "not connected"},
      RedisNode{.kind = Kind::Away, .text = "no answer in time"},
      RedisNode{.kind = Kind::Away, .text = "the connection broke"},
      RedisNode{.kind = Kind::Away, .text = "too many commands wait"}};
  return RedisAccess::reply(&Nodes[static_cast<std::size_t>(why)]);
}

}  // namespace redis

}  // namespace portico

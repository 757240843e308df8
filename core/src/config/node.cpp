// SPDX-License-Identifier: Apache-2.0
#include "config/node.h"

namespace portico::config {

Node::Node(Kind kind, Mark mark, const void* data, std::size_t size) noexcept
    : data_(data), size_(static_cast<std::uint32_t>(size)), mark_(mark), kind_(kind) {}

Node Node::null(Mark mark) noexcept { return {Kind::Null, mark, nullptr, 0}; }

Node Node::scalar(Mark mark, std::string_view text, Quoting quoting) noexcept {
  Node node(Kind::Scalar, mark, text.data(), text.size());
  node.quoting_ = quoting;
  return node;
}

Node Node::filled(Mark mark, const Filled& filled, Source source) noexcept {
  Node node(Kind::Scalar, mark, &filled, 0);
  node.source_ = source;
  return node;
}

Node Node::list(Mark mark, std::span<const Node> items) noexcept {
  return {Kind::List, mark, items.data(), items.size()};
}

Node Node::map(Mark mark, std::span<const Entry> entries) noexcept {
  return {Kind::Map, mark, entries.data(), entries.size()};
}

std::string_view Node::text() const noexcept {
  if (kind_ != Kind::Scalar) return {};
  if (source_ != Source::Written) return static_cast<const Filled*>(data_)->text;
  return {static_cast<const char*>(data_), size_};
}

std::string_view Node::written() const noexcept {
  if (kind_ != Kind::Scalar || source_ == Source::Written) return text();
  return static_cast<const Filled*>(data_)->written;
}

std::span<const Node> Node::items() const noexcept {
  if (kind_ != Kind::List) return {};
  return {static_cast<const Node*>(data_), size_};
}

const Node& Node::item(std::size_t index) const noexcept {
  return index < items().size() ? items()[index] : *this;
}

std::span<const Node::Entry> Node::entries() const noexcept {
  if (kind_ != Kind::Map) return {};
  return {static_cast<const Entry*>(data_), size_};
}

const Node::Entry* Node::find_entry(std::string_view key) const noexcept {
  for (const Entry& entry : entries()) {
    if (entry.key.text() == key) return &entry;
  }
  return nullptr;
}

const Node* Node::find(std::string_view key) const noexcept {
  const Entry* entry = find_entry(key);
  return entry == nullptr ? nullptr : &entry->value;
}

std::string_view noun(Node::Kind kind) noexcept {
  switch (kind) {
    case Node::Kind::Null: return "nothing";
    case Node::Kind::Scalar: return "text";
    case Node::Kind::List: return "a list";
    case Node::Kind::Map: return "a map";
  }
  return "nothing";
}

}  // namespace portico::config

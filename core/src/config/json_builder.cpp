// SPDX-License-Identifier: Apache-2.0
#include "config/json_builder.h"

#include "base/text.h"
#include "config/json_text.h"

#include <algorithm>
#include <memory>

namespace portico::config {
namespace {

/// Up to so many keys are compared each with each; more are sorted. Not hashed: a client could
/// choose keys that collide.
constexpr std::size_t FewKeys = 8;

}  // namespace

Mark JsonBuilder::here() const noexcept {
  return {0, 0, static_cast<std::uint32_t>(stream_.Tell())};
}

bool JsonBuilder::complain(std::size_t offset, std::string sentence) {
  complaint_ = std::move(sentence);
  complaint_offset_ = offset;
  return false;
}

bool JsonBuilder::Null() {
  pending_.push_back(Node::null(here()));
  return true;
}

bool JsonBuilder::Bool(bool value) {
  pending_.push_back(Node::scalar(here(), value ? "true" : "false", Quoting::Plain));
  return true;
}

bool JsonBuilder::RawNumber(const char* digits, Size length, bool) {
  pending_.push_back(Node::scalar(here(), arena_.copy({digits, length}), Quoting::Plain));
  return true;
}

bool JsonBuilder::String(const char* text, Size length, bool) { return add_text({text, length}); }

bool JsonBuilder::Key(const char* text, Size length, bool) { return add_text({text, length}); }

bool JsonBuilder::add_text(std::string_view text) {
  if (text.find('\0') != std::string_view::npos) {
    return complain(stream_.Tell(), "a string has \\u0000 in it");
  }
  // The whole text was UTF-8; only an escape can have made a half of a pair, and all of those begin
  // so.
  constexpr char SurrogateLead = '\xED';
  if (text.find(SurrogateLead) != std::string_view::npos && base::find_invalid_utf8(text)) {
    return complain(stream_.Tell(), "a surrogate has no partner");
  }
  pending_.push_back(Node::scalar(here(), arena_.copy(text), Quoting::Quoted));
  return true;
}

bool JsonBuilder::open() {
  if (open_.size() == JsonText::MostDepth) {
    return complain(stream_.Tell(),
                    "more than " + std::to_string(JsonText::MostDepth) + " levels are nested");
  }
  open_.push_back({pending_.size(), here()});
  return true;
}

bool JsonBuilder::StartObject() { return open(); }

bool JsonBuilder::StartArray() { return open(); }

bool JsonBuilder::EndArray(Size elements) {
  const Container closed = open_.back();
  open_.pop_back();
  Node* items = arena_.array<Node>(elements);
  std::uninitialized_copy_n(pending_.data() + closed.first, elements, items);
  pending_.resize(closed.first);
  pending_.push_back(Node::list(closed.mark, {items, elements}));
  return true;
}

bool JsonBuilder::EndObject(Size members) {
  const Container closed = open_.back();
  open_.pop_back();
  const std::span<const Node> flat(pending_.data() + closed.first, std::size_t{members} * 2);
  if (!keys_differ(flat)) return false;
  auto* entries = arena_.array<Node::Entry>(members);
  for (std::size_t i = 0; i < members; ++i) {
    ::new (entries + i) Node::Entry{flat[2 * i], flat[2 * i + 1]};
  }
  pending_.resize(closed.first);
  pending_.push_back(Node::map(closed.mark, {entries, members}));
  return true;
}

bool JsonBuilder::repeated(const Node& key) {
  return complain(key.mark().column,
                  "the key \"" + base::shorten(key.text(), 60) + "\" stands twice in one object");
}

bool JsonBuilder::keys_differ(std::span<const Node> flat) {
  const std::size_t count = flat.size() / 2;
  if (count <= FewKeys) {
    for (std::size_t i = 1; i < count; ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (flat[2 * i].text() == flat[2 * j].text()) return repeated(flat[2 * i]);
      }
    }
    return true;
  }
  sorted_keys_.clear();
  for (std::size_t i = 0; i < count; ++i) sorted_keys_.push_back(&flat[2 * i]);
  std::sort(sorted_keys_.begin(), sorted_keys_.end(), [](const Node* left, const Node* right) {
    const int order = left->text().compare(right->text());
    return order != 0 ? order < 0 : left < right;
  });
  const auto twice = std::adjacent_find(
      sorted_keys_.begin(), sorted_keys_.end(),
      [](const Node* left, const Node* right) { return left->text() == right->text(); });
  return twice == sorted_keys_.end() || repeated(**std::next(twice));
}

}  // namespace portico::config

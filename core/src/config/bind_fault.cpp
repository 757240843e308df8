// SPDX-License-Identifier: Apache-2.0
// The sentences of the binder.
#include "base/text.h"
#include "config/binding.h"
#include "config/units.h"

#include <array>
#include <charconv>
#include <cmath>

namespace portico::config {
namespace {

using detail::FieldSchema;
using detail::Kind;
using detail::Type;

constexpr std::size_t LongestQuote = 60;

/// `one of "a", "b"`.
template <class Words, class TextOf>
std::string one_of(const Words& words, TextOf text_of) {
  std::string list = words.size() == 1 ? "" : "one of ";
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i != 0) list += ", ";
    list += quoted(text_of(words[i]));
  }
  return list;
}

void append_pointer(std::string& pointer, const Step* step) {
  if (step == nullptr) return;
  append_pointer(pointer, step->parent);
  pointer += '/';
  if (step->index != Step::NoIndex) {
    pointer += std::to_string(step->index);
    return;
  }
  for (const char c : step->key) {
    if (c == '~') {
      pointer += "~0";
    } else if (c == '/') {
      pointer += "~1";
    } else {
      pointer += c;
    }
  }
}

std::string dotted_path(std::string_view root, const Step* step) {
  if (step == nullptr) return std::string(root);
  const std::string parent = dotted_path(root, step->parent);
  return step->index == Step::NoIndex ? child_path(parent, step->key)
                                      : item_path(parent, step->index);
}

}  // namespace

bool may_be_shown(const Node& node, const FieldSchema& field) noexcept {
  return node.source() == Node::Source::Written && !field.hidden && field.inner != Kind::Secret &&
         field.inner != Kind::Url;
}

std::string quoted(std::string_view text) { return '"' + base::shorten(text, LongestQuote) + '"'; }

std::string print_amount(Kind kind, double amount) {
  constexpr double ExactIntegers = 9e15;
  if (kind == Kind::Duration) {
    return print_duration(std::chrono::nanoseconds(static_cast<std::int64_t>(amount)));
  }
  if (kind == Kind::Bytes) return print_bytes(Bytes{static_cast<std::uint64_t>(amount)});
  if (amount == std::floor(amount) && std::fabs(amount) < ExactIntegers) {
    return std::to_string(static_cast<std::int64_t>(amount));
  }
  std::array<char, 32> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), amount).ptr;
  return {digits.data(), end};
}

std::string Binding::path_of(const Step* step) const {
  if (!json()) return dotted_path(root_, step);
  std::string pointer(root_);
  append_pointer(pointer, step);
  return pointer;
}

bool Binding::fail(Mark mark, const Step* step, std::string_view what, std::string_view remedy,
                   std::string_view code) {
  context_.problems.add(
      {Severity::Error, {}, mark, path_of(step), std::string(what), std::string(remedy), code});
  return false;
}

bool Binding::fail_sentence(Mark mark, const Step* step, std::string_view sentence) {
  // The last one: what is quoted comes first.
  const std::size_t end = sentence.rfind("; ");
  if (end == std::string_view::npos) return fail(mark, step, sentence);
  return fail(mark, step, sentence.substr(0, end), sentence.substr(end + 2));
}

bool Binding::refuse(const Node& node, const Target& target, std::string_view sentence) {
  if (!may_be_shown(node, target.field)) return unexpected(node, target);
  return fail_sentence(node.mark(), target.step, sentence);
}

bool Binding::unexpected(const Node& node, const Target& target, std::string_view remedy) {
  const bool shown = !node.is_scalar() || may_be_shown(node, target.field);
  return fail(node.mark(), target.step,
              "expected " + expected(target.field, target.type) + ", found " + found(node, target),
              shown ? remedy : "", "type");
}

bool Binding::out_of_bounds(const Node& node, const Target& target, std::string_view bound) {
  std::string what = "must be " + std::string(bound);
  what += ", is ";
  what += may_be_shown(node, target.field) ? std::string(node.text()) : found(node, target);
  return fail(node.mark(), target.step, what, {}, "out_of_range");
}

std::string Binding::expected(const FieldSchema& field, const Type& type) const {
  std::string text = json() ? "a string" : "a text";
  switch (type.kind) {
    case Kind::Boolean: return "true or false";
    case Kind::Integer: return "a whole number";
    case Kind::Real: return "a number";
    case Kind::Choice:
      return one_of(field.words, [](const auto& word) -> std::string_view { return word.word; });
    case Kind::Text:
      if (field.one_of.empty()) return text;
      return one_of(field.one_of, [](const auto& word) -> std::string_view { return word; });
    case Kind::Secret:
    case Kind::Template: return text;
    case Kind::Duration: return "a duration such as 10s";
    case Kind::Bytes: return "an amount such as 10MiB";
    case Kind::Cidr: return "a network such as 10.0.0.0/8";
    case Kind::Url: return "a URL such as http://127.0.0.1:4000";
    case Kind::Origin: return "an origin such as https://app.example.com";
    case Kind::Optional: return expected(field, *type.element);
    case Kind::List: return json() ? "an array" : "a list";
    case Kind::Object:
    case Kind::Map: return json() ? "an object" : "a map";
    case Kind::Json:
    case Kind::Raw: break;
  }
  return "a value";
}

std::string Binding::found(const Node& node, const Target& target) const {
  switch (node.kind()) {
    case Node::Kind::Null: return json() ? "null" : "nothing";
    case Node::Kind::List: return json() ? "an array" : "a list";
    case Node::Kind::Map: return json() ? "an object" : "a map";
    case Node::Kind::Scalar: break;
  }
  if (node.source() != Node::Source::Written)
    return "what " + quoted(node.written()) + " stands for";
  if (!may_be_shown(node, target.field)) return json() ? "something else" : "another text";
  if (json()) return node.quoted() ? "the string " + quoted(node.text()) : std::string(node.text());
  return node.quoted() ? quoted(node.text()) + " in quotes" : quoted(node.text());
}

}  // namespace portico::config

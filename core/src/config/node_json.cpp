// SPDX-License-Identifier: Apache-2.0
#include "config/node_json.h"

#include "base/json_writer.h"
#include "base/text.h"

#include <algorithm>
#include <string_view>

namespace portico::config {
namespace {

/// Takes the digits at the front away; false where there are none.
bool take_digits(std::string_view& text) noexcept {
  const auto end = std::find_if_not(text.begin(), text.end(), base::is_digit);
  const auto count = static_cast<std::size_t>(end - text.begin());
  text.remove_prefix(count);
  return count != 0;
}

bool is_number(std::string_view text) noexcept {
  if (text.starts_with('-')) text.remove_prefix(1);
  if (text.size() > 1 && text[0] == '0' && base::is_digit(text[1])) return false;
  if (!take_digits(text)) return false;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    if (!take_digits(text)) return false;
  }
  if (text.starts_with('e') || text.starts_with('E')) {
    text.remove_prefix(1);
    if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
    if (!take_digits(text)) return false;
  }
  return text.empty();
}

bool is_word(std::string_view text) noexcept {
  return text == "true" || text == "false" || text == "null";
}

void write(base::JsonWriter& out, const Node& node) {
  switch (node.kind()) {
    case Node::Kind::Null: out.null(); return;
    case Node::Kind::Scalar:
      if (!node.quoted() && (is_number(node.text()) || is_word(node.text()))) {
        out.raw(node.text());
      } else {
        out.value(node.text());
      }
      return;
    case Node::Kind::List:
      out.begin_array();
      for (const Node& item : node.items()) write(out, item);
      out.end_array();
      return;
    case Node::Kind::Map:
      out.begin_object();
      for (const Node::Entry& entry : node.entries()) {
        out.key(entry.key.text());
        write(out, entry.value);
      }
      out.end_object();
      return;
  }
}

}  // namespace

std::string json_text_of(const Node& node) {
  std::string text;
  base::JsonWriter out(text);
  write(out, node);
  return text;
}

}  // namespace portico::config

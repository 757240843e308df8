// SPDX-License-Identifier: Apache-2.0
#include "webhook/message_id.h"

#include "shared/ascii.h"

#include <cstddef>
#include <stdexcept>

namespace portico::notify::webhook {
namespace {

constexpr std::string_view Prefix = "msg_";
constexpr std::size_t MostSize = 64;

}  // namespace

std::string message_id_of(std::string_view row_id) {
  std::string id(Prefix);
  for (const char c : row_id) {
    if (c != '-') id += c;
  }
  if (!is_message_id(id)) throw std::invalid_argument("this id cannot name a webhook");
  return id;
}

bool is_message_id(std::string_view text) noexcept {
  if (!text.starts_with(Prefix)) return false;
  text.remove_prefix(Prefix.size());
  return !text.empty() && text.size() <= MostSize && all_of(text, is_letter_or_digit);
}

}  // namespace portico::notify::webhook

// SPDX-License-Identifier: Apache-2.0
#include "message/ways.h"

#include <algorithm>
#include <stdexcept>

namespace portico::notify {
namespace {

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= 32 && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

bool is_own(std::string_view name) {
  return name == way::Email || name == way::Inbox || name == way::Webhook;
}

}  // namespace

void Ways::add(Channel& channel) {
  const std::string name(channel.name());
  if (!is_name(name) || is_own(name)) {
    throw std::logic_error("\"" + name +
                           "\" is no name for a channel of a plugin; write small "
                           "letters, digits and '_', and none of email, inbox and webhook");
  }
  const std::lock_guard lock(mutex_);
  if (!others_.emplace(name, &channel).second) {
    throw std::logic_error("there is a channel \"" + name + "\" already");
  }
}

Channel* Ways::find(std::string_view name) const {
  const std::lock_guard lock(mutex_);
  const auto found = others_.find(name);
  return found == others_.end() ? nullptr : found->second;
}

bool Ways::known(std::string_view name) const {
  return name == way::Email || name == way::Inbox || find(name) != nullptr;
}

std::vector<std::string> Ways::names() const {
  std::vector<std::string> all{std::string(way::Email), std::string(way::Inbox)};
  const std::lock_guard lock(mutex_);
  for (const auto& [name, channel] : others_) all.push_back(name);
  return all;
}

}  // namespace portico::notify

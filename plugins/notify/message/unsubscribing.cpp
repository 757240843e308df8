// SPDX-License-Identifier: Apache-2.0
#include "message/unsubscribing.h"

namespace portico::notify {
namespace {

constexpr std::string_view Purpose = "unsubscribe";
/// Of no id, category or channel.
constexpr char Separator = '\n';

}  // namespace

std::string Unsubscribing::link(std::string_view whose, std::string_view category,
                                std::string_view channel) const {
  if (url_.empty()) return {};
  std::string wish(whose);
  wish.append(1, Separator).append(category).append(1, Separator).append(channel);
  return url_ + std::string(host_.mount()) + "/unsubscribe/" + host_.seal(Purpose, wish);
}

std::optional<Unsubscribing::Wish> Unsubscribing::read(std::string_view token) const {
  const auto opened = host_.unseal(Purpose, token);
  if (!opened) return std::nullopt;
  const std::size_t first = opened->find(Separator);
  const std::size_t second = opened->find(Separator, first + 1);
  if (first == std::string::npos || second == std::string::npos) return std::nullopt;
  return Wish{opened->substr(0, first), opened->substr(first + 1, second - first - 1),
              opened->substr(second + 1)};
}

}  // namespace portico::notify

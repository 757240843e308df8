// SPDX-License-Identifier: Apache-2.0
// Upstreams that nothing is ever sent to: what a fake wire gets is their name.
#pragma once

#include "upstream/group.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace portico::pipeline {

/// The same one for the same name.
inline Upstream* named_upstream(std::string_view name) {
  static std::map<std::string, std::shared_ptr<detail::UpstreamState>, std::less<>> made;
  auto& found = made[std::string(name)];
  if (!found) found = std::make_shared<detail::UpstreamState>(UpstreamOptions{.name = name});
  return found.get();
}

}  // namespace portico::pipeline

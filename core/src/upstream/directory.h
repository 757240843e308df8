// SPDX-License-Identifier: Apache-2.0
// The upstreams that plugins have made, for whoever reports on them, and the figures of their
// endpoints, which are found again by name. What nobody holds any more is forgotten.
#pragma once

#include "upstream/figures.h"

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace portico::detail {
struct UpstreamState;
}

namespace portico::upstream {

class Directory {
 public:
  void add(const std::shared_ptr<detail::UpstreamState>& upstream);
  /// Those of that endpoint of that upstream, as old as whoever holds them.
  [[nodiscard]] std::shared_ptr<Figures> figures(std::string_view upstream,
                                                 std::string_view endpoint);
  /// In order of their names. Of several with one name, the newest.
  [[nodiscard]] std::vector<std::shared_ptr<detail::UpstreamState>> upstreams() const;

 private:
  mutable std::mutex mutex_;
  std::vector<std::weak_ptr<detail::UpstreamState>> upstreams_;
  std::map<std::pair<std::string, std::string>, std::weak_ptr<Figures>> figures_;
};

}  // namespace portico::upstream

// SPDX-License-Identifier: Apache-2.0
// From a request's host to the trees of the host patterns that match it: the exact name, then
// wildcards, the longest first, then the tree of entries without a host.
#pragma once

#include "routing/pattern.h"
#include "routing/text_index.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace portico::routing {

class HostIndex {
 public:
  static constexpr std::uint32_t None = TextIndex::Absent;

  /// The tree of that pattern, or None.
  [[nodiscard]] std::uint32_t find(const HostPattern& host) const noexcept;
  void add(const HostPattern& host, std::uint32_t tree);

  /// Calls `accept(tree)` for each pattern that matches, narrowest first, until one returns true.
  template <class Accept>
  bool search(std::string_view host, Accept&& accept) const {
    const std::uint32_t exact = names_.find(Exact, host);
    if (exact != None && accept(exact)) return true;
    // A host may be long and full of dots; only as much as the longest wildcard is looked at.
    const std::size_t first = host.size() - std::min(host.size(), wildcards_.longest());
    std::size_t dot =
        wildcards_.empty() ? host.npos : host.find('.', std::max<std::size_t>(first, 1));
    for (; dot != host.npos; dot = host.find('.', dot + 1)) {
      const std::uint32_t wildcard = wildcards_.find(Wildcard, host.substr(dot));
      if (wildcard != None && accept(wildcard)) return true;
    }
    return any_ != None && accept(any_);
  }

 private:
  static constexpr std::uint32_t Exact = 0;
  static constexpr std::uint32_t Wildcard = 1;

  TextIndex names_;
  TextIndex wildcards_;  // By what follows the star: ".example.com".
  std::uint32_t any_ = None;
};

}  // namespace portico::routing

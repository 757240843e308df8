// SPDX-License-Identifier: Apache-2.0
// `mirror:` of a route: which of its requests are copied to another upstream.
#pragma once

#include "upstream/group.h"
#include <portico/flow.h>
#include <portico/schema.h>
#include <portico/units.h>

#include <atomic>
#include <cstdint>
#include <string>

namespace portico::proxy {

struct MirrorSettings {
  std::string upstream;
  double percent = 100;
  int requests = 100;
  Bytes body{std::size_t{64} * 1024};

  static void describe(Schema<MirrorSettings>& s);
};

/// On all loops at once.
class Mirror {
 public:
  Mirror(const MirrorSettings& settings, const Group& group);

  /// Where this request is one of those.
  void add_to(Target& target) const noexcept;

 private:
  [[nodiscard]] bool takes_next() const noexcept;

  const Group& group_;
  std::uint32_t requests_;
  std::size_t body_;
  std::uint64_t share_;  // Of a million.
  mutable std::atomic<std::uint64_t> turn_{0};
};

}  // namespace portico::proxy

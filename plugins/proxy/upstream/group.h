// SPDX-License-Identifier: Apache-2.0
// One upstream: its settings, and what core knows of it.
#pragma once

#include "upstream/resolver.h"
#include "upstream/target_url.h"
#include "upstream/upstream_settings.h"
#include <portico/host.h>
#include <portico/upstream.h>

#include <string>
#include <vector>

namespace portico::proxy {

class Group {
 public:
  /// Throws std::invalid_argument where the upstream cannot be served.
  Group(std::string name, const UpstreamSettings& settings, Host& host);
  Group(const Group&) = delete;
  Group& operator=(const Group&) = delete;
  ~Group() = default;

  /// Finds the targets and publishes them. Blocks.
  void start(const Resolve& resolve);

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] Scheme scheme() const noexcept { return scheme_; }
  [[nodiscard]] Upstream& upstream() const noexcept { return upstream_; }
  /// The targets as a Host says them.
  [[nodiscard]] std::vector<std::string> authorities() const;

 private:
  std::string name_;
  std::vector<TargetUrl> targets_;
  Scheme scheme_;
  Upstream& upstream_;
};

}  // namespace portico::proxy

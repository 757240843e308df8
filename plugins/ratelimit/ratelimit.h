// SPDX-License-Identifier: Apache-2.0
// The plugin `ratelimit`.
#pragma once

#include "operators/state.h"
#include "rule.h"
#include "settings.h"
#include "store/memory.h"
#include <portico/sdk.h>

#include <memory>
#include <optional>
#include <vector>

namespace portico::ratelimit {

class RateLimitPlugin final : public Plugin {
 public:
  using Config = ratelimit::Config;
  static constexpr Info info{"ratelimit", "0.1.0", "Limits how much a client may ask for"};

  RateLimitPlugin(const Config& config, Host& host);
  void setup(Registrar& registrar) override;

 private:
  [[nodiscard]] std::shared_ptr<const Rule> make_rule(const Use& use);
  [[nodiscard]] State state() const;
  [[nodiscard]] Response reset(Request& request) const;
  void tell();
  [[nodiscard]] const Group& group_of(const std::string& name) const;

  const Config config_;
  Host& host_;
  std::shared_ptr<Memory> memory_;  // With instances of the plugin before and after this one.
  std::optional<RedisBuckets> shared_;
  Failures failures_;
  std::vector<std::shared_ptr<const Rule>> rules_;
  Gauge& keys_;
  Counter& evicted_;
};

}  // namespace portico::ratelimit

// SPDX-License-Identifier: Apache-2.0
// The plugin `proxy`.
#pragma once

#include "route_settings.h"
#include "settings.h"
#include "upstream/group.h"
#include <portico/sdk.h>

#include <functional>
#include <map>
#include <memory>
#include <string>

namespace portico::proxy {

class ProxyPlugin final : public Plugin {
 public:
  using Config = proxy::Config;
  static constexpr Info info{"proxy", "0.1.0", "Forwards requests to servers behind the gateway"};

  ProxyPlugin(const Config& config, Host& host);
  void setup(Registrar& registrar) override;
  void start() override;

 private:
  void tick();
  [[nodiscard]] State state() const;
  /// The upstream that a route means. Throws std::invalid_argument when there is none.
  [[nodiscard]] Group& group_of(const std::string& upstream);
  [[nodiscard]] Group& group_at(const std::string& url);

  Host& host_;
  /// By name, and those that routes name by their address.
  std::map<std::string, std::unique_ptr<Group>, std::less<>> groups_;
};

}  // namespace portico::proxy

// SPDX-License-Identifier: Apache-2.0
// A server that forwards "/up" to an upstream, whose part the test plays.
#pragma once

#include "unit/server/harness.h"
#include "unit/server/origin.h"
#include "upstream/group.h"

#include <memory>
#include <string>
#include <vector>

namespace portico::server {

class UpstreamForwarding : public ServerTest {
 protected:
  UpstreamForwarding() {
    how_.name = "bookings";
    site_->rule("/up", [this](Request&) { return forward({.upstream = upstream_.get()}); });
  }
  /// Before it, `how_` and `policy_` may be changed.
  void start() {
    upstream_ = std::make_shared<detail::UpstreamState>(how_);
    publish();
    ServerTest::start();
  }
  void publish() {
    std::vector<Endpoint> endpoints;
    for (const std::string& address : addresses_) endpoints.push_back({.address = address});
    upstream_->publish(endpoints, std::move(policy_));
  }
  /// How an upstream would answer it.
  static std::string ok(const std::string& body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
  }

  Origin origin_;
  UpstreamOptions how_;
  UpstreamPolicy policy_;
  std::vector<std::string> addresses_{origin_.address()};
  std::shared_ptr<detail::UpstreamState> upstream_;
};

}  // namespace portico::server

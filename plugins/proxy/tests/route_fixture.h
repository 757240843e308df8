// SPDX-License-Identifier: Apache-2.0
// A route of the proxy in the real chain, before a fake upstream.
#pragma once

#include "proxy.h"
#include <portico/testing.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace portico::proxy::test {

inline constexpr std::string_view Upstreams =
    "{upstreams: {app: {targets: [\"http://127.0.0.1:4000\", \"http://127.0.0.1:4001\"]}}}";

class RouteTest : public ::testing::Test {
 protected:
  /// A route that ends in `proxy: END`, for every path.
  portico::testing::Gateway& with(std::string_view end, std::string_view settings = Upstreams) {
    gateway_.load<ProxyPlugin>(settings);
    gateway_.route("{match: {path: \"/**\"}, proxy: " + std::string(end) + "}");
    gateway_.upstream([this](const portico::testing::Forwarded& forwarded) {
      seen_ = forwarded;
      Response answer(status_);
      for (const auto& [name, value] : fields_) answer.headers().add(name, value);
      return answer;
    });
    return gateway_;
  }
  std::string problems(std::string_view end, std::string_view settings = Upstreams) {
    return with(end, settings).problems();
  }

  portico::testing::Gateway gateway_;
  portico::testing::Forwarded seen_;
  Status status_ = Status::Ok;
  std::vector<std::pair<std::string, std::string>> fields_;
};

}  // namespace portico::proxy::test

// SPDX-License-Identifier: Apache-2.0
// From the file's `match` and `when` to what the router and the pipeline run.
#pragma once

#include "config/problems.h"
#include "config/routes.h"
#include "http/request_state.h"
#include "pipeline/chain.h"
#include "routing/matcher.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portico::plugin {

/// A request as the router sees it.
class RoutedRequest final : public routing::RequestView {
 public:
  explicit RoutedRequest(const http::RequestState& request) noexcept
      : RoutedRequest(request, request.head.method) {}
  /// As if it had that method.
  RoutedRequest(const http::RequestState& request, std::string_view as_method) noexcept
      : RequestView(as_method, request.head.host, request.head.path), request_(request) {}

  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const override {
    return request_.headers().get(name);
  }
  [[nodiscard]] std::optional<std::string_view> query(std::string_view name) const override {
    return request_.query(name);
  }

 private:
  const http::RequestState& request_;
};

/// As logs and listings name it: "GET /users/{id}".
[[nodiscard]] std::string text_of(const config::Match& match);

/// One matcher for each host of `match` (or one without a host), all else alike. An absent path
/// matches every path. Problems name `path`.match.
std::vector<routing::Matcher> compile_match(const config::Match& match, config::Mark mark,
                                            const std::string& path, config::Problems& problems);

/// The `when` of a place of use.
std::shared_ptr<const pipeline::Condition> compile_when(const config::Match& when,
                                                        config::Mark mark, const std::string& path,
                                                        config::Problems& problems);

}  // namespace portico::plugin

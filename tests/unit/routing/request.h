// SPDX-License-Identifier: Apache-2.0
// A request line with headers and query, for tests of routing.
#pragma once

#include "routing/matcher.h"

#include <map>
#include <string>
#include <utility>

namespace portico::routing {

struct TestRequest final : RequestView {
  TestRequest(std::string method, std::string path, std::string host = "example.com")
      : method_(std::move(method)), path_(std::move(path)), host_(std::move(host)) {}

  [[nodiscard]] std::string_view method() const override { return method_; }
  [[nodiscard]] std::string_view host() const override { return host_; }
  [[nodiscard]] std::string_view path() const override { return path_; }
  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const override {
    return find(headers, name);
  }
  [[nodiscard]] std::optional<std::string_view> query(std::string_view name) const override {
    return find(parameters, name);
  }

  using Values = std::map<std::string, std::string, std::less<>>;
  static std::optional<std::string_view> find(const Values& values, std::string_view name) {
    const auto found = values.find(name);
    if (found == values.end()) return std::nullopt;
    return found->second;
  }

  Values headers;
  Values parameters;

 private:
  std::string method_;
  std::string path_;
  std::string host_;
};

}  // namespace portico::routing

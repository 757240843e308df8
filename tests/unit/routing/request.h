// SPDX-License-Identifier: Apache-2.0
// A request line with headers and query, for tests of routing.
#pragma once

#include "routing/matcher.h"

#include <map>
#include <string>
#include <utility>

namespace portico::routing {

/// The texts that the view of a request shows.
struct RequestLine {
  std::string method_text;
  std::string path_text;
  std::string host_text;
};

struct TestRequest final : private RequestLine, public RequestView {
  TestRequest(std::string its_method, std::string its_path, std::string its_host = "example.com")
      : RequestLine{std::move(its_method), std::move(its_path), std::move(its_host)},
        RequestView(method_text, host_text, path_text) {}
  TestRequest(const TestRequest& other)
      : RequestLine(other),
        RequestView(method_text, host_text, path_text),
        headers(other.headers),
        parameters(other.parameters) {}
  TestRequest& operator=(const TestRequest&) = delete;

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
};

}  // namespace portico::routing

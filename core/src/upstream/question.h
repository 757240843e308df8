// SPDX-License-Identifier: Apache-2.0
// What is sent to an upstream, and why nothing came of it.
#pragma once

#include "http/h1/framing.h"
#include "http/request_state.h"
#include <portico/upstream.h>

#include <chrono>
#include <string_view>

namespace portico::upstream {

struct Question {
  /// Method, fields and the rest as they are when a try begins. Stays until the call is reset, and
  /// so do the views.
  http::RequestState* request = nullptr;
  std::string_view path{};
  std::string_view query{};
  std::string_view host{};
  bool endpoint_host = false;  ///< The endpoint's name in the place of `host`.
  std::string_view upgrade{};  ///< What is offered to speak instead, if anything.
  http::h1::BodyFraming body{};
  bool takes_trailers = false;  ///< The client said so.
};

/// The answer in the place of the upstream's. The texts are literals.
struct Fault {
  Status status = Status::BadGateway;
  std::string_view code;
  std::string_view sentence;
  std::chrono::seconds retry_after{0};
};

/// What a call came to, for the access log.
struct Report {
  std::string_view endpoint{};  ///< The one that was asked last.
  unsigned tries = 0;
  std::chrono::nanoseconds duration{0};  ///< Of the last try, to its answer's head or its failure.
  std::string_view error{};              ///< A static text; empty where it was answered whole.
};

[[nodiscard]] Fault fault_of(Try::How how) noexcept;
/// "unreachable", for logs.
[[nodiscard]] std::string_view word(Try::How how) noexcept;

/// No endpoint can be asked.
inline constexpr Fault NoEndpoint{Status::ServiceUnavailable, "no_upstream",
                                  "No server is there to answer the request.",
                                  std::chrono::seconds(1)};

/// Every endpoint has all the requests that it may have, and nobody else may wait.
inline constexpr Fault Busy{Status::ServiceUnavailable, "upstream_busy",
                            "The upstream has too many requests already.", std::chrono::seconds(1)};

}  // namespace portico::upstream

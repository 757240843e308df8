// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <portico/http.h>

#include <chrono>
#include <string_view>

namespace portico::pipeline {

/// Why the engine gives up on an exchange, and what the client is told where it can still be told.
/// The texts must be literals: the answer is built when no worker holds the exchange.
struct Failure {
  Status status = Status::BadGateway;
  std::string_view code;
  std::string_view sentence;
  /// For `Outcome` when the answer's head is out already.
  Outcome::How how = Outcome::How::Failed;
  std::chrono::seconds retry_after{0};  ///< None when zero.
};

}  // namespace portico::pipeline

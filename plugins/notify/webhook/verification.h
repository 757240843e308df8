// SPDX-License-Identifier: Apache-2.0
// The receiver's side: whether a callback that says who it is from is from there. Any thread.
#pragma once

#include "webhook/secret.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace portico::notify::webhook {

/// The three headers, and the body as it came.
struct Received {
  std::string_view id;
  std::string_view timestamp;
  std::string_view signature;
  std::string_view body;
};

class Verifier {
 public:
  /// "whsec_..." or "whpk_...". Nothing for whatever else.
  [[nodiscard]] static std::optional<Verifier> parse(std::string_view text);

  /// Whether one of the signatures is right, and its time no more than `tolerance` from now: an old
  /// one may be a replay.
  [[nodiscard]] bool genuine(const Received& received, std::chrono::microseconds now,
                             std::chrono::seconds tolerance = std::chrono::minutes(5)) const;

 private:
  explicit Verifier(std::optional<Secret> shared, std::string public_key)
      : shared_(std::move(shared)), public_key_(std::move(public_key)) {}

  [[nodiscard]] bool verifies(std::string_view signature, std::string_view content) const;

  std::optional<Secret> shared_;
  std::string public_key_;
};

}  // namespace portico::notify::webhook

// SPDX-License-Identifier: Apache-2.0
// The process that started this one to be its successor, and waits for its report.
#pragma once

#include "loop/socket.h"

#include <string_view>
#include <utility>

namespace portico::cli {

class Predecessor {
 public:
  Predecessor() noexcept = default;
  /// Nobody, when `report` is not open.
  explicit Predecessor(loop::Socket report) noexcept : report_(std::move(report)) {}

  [[nodiscard]] bool waits() const noexcept { return report_.open(); }
  /// This process serves: the other may end. Does nothing where there is none.
  void ready() noexcept;
  /// This process is about to end.
  void failed(std::string_view reason) noexcept;

  /// What `ready` says.
  static constexpr std::string_view Ready = "ready\n";

 private:
  void say(std::string_view text) noexcept;

  loop::Socket report_;
};

}  // namespace portico::cli

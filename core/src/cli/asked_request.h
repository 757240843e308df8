// SPDX-License-Identifier: Apache-2.0
// A request as words of a command line: GET https://host/path?query -H 'Name: value'.
#pragma once

#include "base/arena.h"
#include "base/result.h"
#include "http/request_state.h"
#include "http/reserved_fields.h"
#include <portico/plugin.h>

#include <memory>
#include <string>
#include <string_view>

namespace portico::cli {

class AskedRequest {
 public:
  /// Takes METHOD, TARGET and every -H out of `args`.
  static Result<std::unique_ptr<AskedRequest>> take(Args& args);

  /// Takes out what no client may send.
  void strip(const http::ReservedFields& reserved) noexcept;
  [[nodiscard]] const http::RequestState& state() const noexcept { return state_; }

 private:
  AskedRequest() : state_(arena_) {}
  [[nodiscard]] std::string read_target(std::string_view target);
  [[nodiscard]] std::string read_header(std::string_view line);

  base::Arena arena_;
  http::RequestState state_;
};

}  // namespace portico::cli

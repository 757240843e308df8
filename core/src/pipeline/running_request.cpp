// SPDX-License-Identifier: Apache-2.0
// What a request knows of the chain that it passes and of the loop that it is on.
#include "pipeline/driver.h"

namespace portico {

using http::RequestState;

std::string_view Request::route() const noexcept {
  return RequestState::of(*this).driver->chain().route;
}

std::string_view Request::upstream() const noexcept {
  return RequestState::of(*this).driver->chain().upstream;
}

std::chrono::nanoseconds Request::now() const noexcept {
  return RequestState::of(*this).driver->clock().now();
}

std::chrono::microseconds Request::unix_time() const noexcept {
  return RequestState::of(*this).driver->clock().unix_time();
}

}  // namespace portico

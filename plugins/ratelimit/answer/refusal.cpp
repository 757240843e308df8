// SPDX-License-Identifier: Apache-2.0
#include "answer/refusal.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace portico::ratelimit {

Response Refusal::answer(std::uint32_t wait) const {
  Response response = problem(status_, code_, message_);
  std::array<char, 10> digits;
  const char* const end = std::to_chars(digits.begin(), digits.end(), std::max(wait, 1U)).ptr;
  response.headers().set("Retry-After",
                         {digits.data(), static_cast<std::size_t>(end - digits.data())});
  return response;
}

}  // namespace portico::ratelimit

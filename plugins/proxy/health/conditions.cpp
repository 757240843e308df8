// SPDX-License-Identifier: Apache-2.0
#include "health/conditions.h"

#include <algorithm>

namespace portico::proxy {
namespace {

constexpr int First = 500;

bool is_status(std::string_view word) noexcept {
  return word.size() == 3 && word[0] == '5' &&
         std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Conditions::Conditions(const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    if (word == "connect") connect_ = true;
    if (word == "timeout") timeout_ = true;
    if (word == "lost") lost_ = true;
    if (word == "5xx") statuses_.set();
    if (is_status(word)) statuses_.set(static_cast<std::size_t>(std::stoi(word) - First));
  }
}

bool Conditions::hold(const Try& made) const noexcept {
  switch (made.how) {
    case Try::How::Answered: {
      const int status = static_cast<int>(made.status) - First;
      return status >= 0 && status < static_cast<int>(Statuses) &&
             statuses_.test(static_cast<std::size_t>(status));
    }
    case Try::How::Unreachable: return connect_;
    case Try::How::TimedOut: return timeout_;
    case Try::How::Lost:
    case Try::How::Malformed:
    case Try::How::CutShort: return lost_;
    case Try::How::Left: break;
  }
  return false;
}

std::string fault_of_condition(std::string_view word) {
  if (word == "connect" || word == "timeout" || word == "lost" || word == "5xx") return {};
  if (is_status(word)) return {};
  return "is no kind of failure; write connect, timeout, lost, 5xx, or a status of 500 to 599";
}

}  // namespace portico::proxy

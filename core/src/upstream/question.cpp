// SPDX-License-Identifier: Apache-2.0
#include "upstream/question.h"

namespace portico::upstream {

Fault fault_of(Try::How how) noexcept {
  switch (how) {
    case Try::How::TimedOut:
      return {Status::GatewayTimeout, "upstream_timeout", "The upstream took too long.", {}};
    case Try::How::Unreachable:
      return {Status::BadGateway, "upstream_unreachable", "The upstream cannot be reached.", {}};
    case Try::How::Malformed:
      return {Status::BadGateway, "upstream_malformed", "The upstream's answer is malformed.", {}};
    default: return {Status::BadGateway, "upstream_lost", "The upstream broke the connection.", {}};
  }
}

std::string_view word(Try::How how) noexcept {
  switch (how) {
    case Try::How::Answered: return "answered";
    case Try::How::Unreachable: return "unreachable";
    case Try::How::TimedOut: return "timed_out";
    case Try::How::Lost: return "lost";
    case Try::How::Malformed: return "malformed";
    case Try::How::CutShort: return "cut_short";
    case Try::How::Left: return "left";
  }
  return "";
}

}  // namespace portico::upstream

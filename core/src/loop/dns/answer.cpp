// SPDX-License-Identifier: Apache-2.0
#include "loop/dns/answer.h"

namespace portico::loop::dns {

std::string_view sentence_of(Outcome outcome) noexcept {
  switch (outcome) {
    case Outcome::NoSuchName:
    case Outcome::NoData: return "its name has no address";
    case Outcome::TimedOut: return "no name server answered in time";
    case Outcome::Refused: return "every name server refused";
    default: return "its name cannot be resolved";
  }
}

}  // namespace portico::loop::dns

// SPDX-License-Identifier: Apache-2.0
#include "gate/figures.h"

namespace portico::auth {

Figures::Figures(Host& host)
    : host_(host),
      hits_(host.counter("cache_hits_total", "Credentials that were known already.")),
      misses_(host.counter("cache_misses_total", "Credentials that had to be verified.")) {}

// Made when there is something to count, so that a scraper does not read fifty zeros. Beside a
// verification the lock of the registry costs nothing.
void Figures::count(std::string_view result, std::optional<Algorithm> algorithm) {
  host_
      .counter("verify_total", "Tokens by what came of their verification.",
               {{"result", result}, {"alg", algorithm ? name_of(*algorithm) : "none"}})
      .add();
}

}  // namespace portico::auth

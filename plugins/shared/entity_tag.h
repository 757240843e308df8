// SPDX-License-Identifier: Apache-2.0
// ETag and If-Match: nobody writes over what they have not seen. Values, any thread.
#pragma once

#include <portico/http.h>

#include <string>
#include <string_view>

namespace portico {
inline namespace shared {

/// Throws Refusal, 412, where the client has seen another state. Without If-Match it takes its
/// chance. A tag that was weakened on its way, because the answer was compressed, is the same.
void require_match(const Request& request, std::string_view tag);

/// `state` in quotes.
[[nodiscard]] std::string entity_tag(std::string_view state);

}  // namespace shared
}  // namespace portico

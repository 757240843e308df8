// SPDX-License-Identifier: Apache-2.0
// Templates: whatever the text, compiling either throws std::invalid_argument or makes one that
// renders.
#include "base/arena.h"
#include "http/request_state.h"
#include <portico/units.h>

#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const portico::Template compiled(text);
    if (compiled.source() != text) std::abort();
    portico::base::Arena arena;
    const portico::base::ArenaScope scope(arena);
    portico::http::RequestState request(arena);
    static_cast<void>(compiled.render(request));
  } catch (const std::invalid_argument&) {
  }
  return 0;
}

// SPDX-License-Identifier: Apache-2.0
// The keys that another server publishes: nothing may crash, and what was taken is read again the
// same from what we would publish of it.
#include "jose/key_set.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace portico::auth;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static_cast<void>(Key::from_jwk(text));
  const auto set = KeySet::parse(text);
  if (!set) return 0;
  const std::string published = set->jwks();
  const auto again = KeySet::parse(published);
  if (!again || again->keys().size() != set->keys().size() || again->jwks() != published) {
    std::abort();
  }
  for (const Key& key : set->keys()) {
    if (set->find(key.id()) != &key || key.verifies("text", std::string(64, 'x'))) std::abort();
  }
  return 0;
}

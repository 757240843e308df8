// SPDX-License-Identifier: Apache-2.0
// Stored hashes of passwords on any bytes, and ranges of breaches: nothing is hashed, what is read
// lies within the bounds, and Argon2's hashes have one spelling.
#include "password/breach_range.h"
#include "password/stored_hash.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <variant>

namespace {

using namespace portico::auth;

void expect(bool holds) {
  if (!holds) std::abort();
}

struct Check {
  std::string_view text;

  void operator()(HashFault fault) const { expect(!sentence(fault).empty()); }
  void operator()(const Argon2Form& form) const {
    expect(may_be_imported(form.cost));
    expect(form.salt.size() >= 8 && form.salt.size() <= 64);
    expect(form.tag.size() >= 16 && form.tag.size() <= 64);
    expect(print(form) == text);
  }
  void operator()(const CryptForm& form) const {
    expect(form.text == text && form.hash_size < text.size());
    expect(text.find('\0') == std::string_view::npos);
  }
  void operator()(const Pbkdf2Form& form) const {
    expect(form.rounds >= 1 && form.rounds <= MostPbkdf2Rounds);
    expect(!form.salt.empty() && form.salt.size() <= 64);
    expect(form.tag.size() >= 16 && form.tag.size() <= 64);
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  std::visit(Check{text}, read_stored_hash(text));
  if (const auto range = BreachRange::read(text)) {
    static_cast<void>(range->has(breach_digest("password").suffix));
  }
  return 0;
}

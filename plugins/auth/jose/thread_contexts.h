// SPDX-License-Identifier: Apache-2.0
// What a thread keeps ready for the keys that it used lately. A context of OpenSSL serves one
// thread at a time, and making one costs a tenth of what verifying RS256 does. Bounded; a key that
// was retired lives on in here until others have taken its place, but nobody can ask for it any
// more.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace portico::auth {

/// Names a key within this process. Never the same twice, where an address may be.
using KeySerial = std::uint64_t;
[[nodiscard]] KeySerial next_key_serial() noexcept;

/// To be declared thread_local. `Context` is a unique_ptr.
template <class Context>
class ThreadContexts {
 public:
  /// That of the key, which is made by `make` where the thread has none. Null where `make` fails.
  template <class Make>
  typename Context::pointer of(KeySerial serial, Make make) noexcept {
    for (Entry& entry : entries_) {
      if (entry.serial == serial) return entry.context.get();
    }
    Context made = make();
    if (!made) return nullptr;
    Entry& entry = entries_[next_++ % Most];
    entry = {serial, std::move(made)};
    return entry.context.get();
  }

 private:
  static constexpr std::size_t Most = 16;
  struct Entry {
    KeySerial serial = 0;
    Context context;
  };
  std::array<Entry, Most> entries_;
  std::size_t next_ = 0;
};

}  // namespace portico::auth

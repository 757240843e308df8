// SPDX-License-Identifier: Apache-2.0
// Who runs errands for plugins. The process has one `Errands`; a test has a fake.
#pragma once

#include <portico/callable.h>
#include <portico/fetch.h>

#include <string>

namespace portico::fetch {

using Done = Callable<void(const Fetched&)>;
using Told = Callable<void(const Resolved&)>;

/// From any thread. What is called back is called on a thread of the courier's own, once, must not
/// block, and may throw nothing.
class Courier {
 public:
  virtual void fetch(const void* owner, Fetch order, Done done) = 0;
  virtual void resolve(const void* owner, std::string name, Record kind, Told told) = 0;
  /// None of this owner's callbacks runs when it returns, nor afterwards. Not to be called from
  /// one.
  virtual void forget(const void* owner) noexcept = 0;

  Courier(const Courier&) = delete;
  Courier& operator=(const Courier&) = delete;

 protected:
  Courier() = default;
  ~Courier() = default;
};

}  // namespace portico::fetch

// SPDX-License-Identifier: Apache-2.0
// For what must not be called on a loop.
#pragma once

namespace portico::loop {

/// Whether this thread is in some loop's `run`: it must not wait for anything.
[[nodiscard]] bool runs_here() noexcept;

}  // namespace portico::loop

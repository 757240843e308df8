// SPDX-License-Identifier: Apache-2.0
// `${NAME}`, `${NAME:-default}`, `${NAME:?message}` and `${file:/path}` in the scalar values of a
// tree. Each text is gone through once: what is filled in is text, whatever it looks like, and is
// never looked at again. `$${` is a literal `${`. Keys are left alone.
#pragma once

#include "base/arena.h"
#include "config/environment.h"
#include "config/node.h"
#include "config/problems.h"

#include <cstddef>
#include <string_view>

namespace portico::config {

struct InterpolationLimits {
  static constexpr std::size_t FileBytes = std::size_t{64} << 10U;
  /// Of everything that is filled in.
  static constexpr std::size_t TotalBytes = std::size_t{16} << 20U;
};

/// Changes the tree in place; new texts live in `arena`. What cannot be filled in is an error, and
/// its place is silenced, so that the binder does not complain about it too. One file may be
/// absent: that of `secret: "${file:...}"` at the root, which is made on the first start; it is
/// filled in as nothing. `path` is what problems call the root.
void interpolate(Node& root, const Environment& environment, base::Arena& arena, Problems& problems,
                 std::string_view path = {});

/// The path of a text that is one `${file:/path}` and nothing else; empty otherwise.
[[nodiscard]] std::string_view file_reference(std::string_view written) noexcept;

}  // namespace portico::config

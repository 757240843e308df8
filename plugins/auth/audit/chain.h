// SPDX-License-Identifier: Apache-2.0
// The chain over the audit log: the hash of an entry is SHA-256 of the one before it and of the
// entry, so that whoever changes, inserts or deletes one has to write all later ones anew, up to
// the head, which is best noted elsewhere now and then. Numbers of entries rise by one from 1 on.
#pragma once

#include "store/digest.h"
#include <portico/sql.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace portico::auth::audit {

/// Chains at most so many entries that are not yet, oldest first. Returns how many: call again when
/// it is `most`. Two nodes may do so at once: the row of the head lets one be first.
std::size_t link(Transaction& db, std::size_t most);

struct Break {
  enum class Why : std::uint8_t {
    Missing,   ///< The entry is gone, or those up to it.
    Changed,   ///< It says something else than when it was chained.
    Personal,  ///< What is personal in it was changed, not erased.
  };
  std::int64_t sequence = 0;
  Why why{};
};
[[nodiscard]] std::string_view name_of(Break::Why why) noexcept;

struct Verification {
  std::int64_t entries = 0;    ///< That are as they were.
  std::int64_t unlinked = 0;   ///< Not chained yet. Many, for long: the job does not run.
  Digest head{};               ///< The hash of the last one.
  std::optional<Break> first;  ///< The first that is not.
};
/// Reads the whole chain, page by page.
[[nodiscard]] Verification verify(Reader& db);

}  // namespace portico::auth::audit

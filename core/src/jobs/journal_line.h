// SPDX-License-Identifier: Apache-2.0
// What became of a job, as a line of a journal.
#pragma once

#include "jobs/outcome.h"
#include <portico/schema.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace portico::jobs {

struct JournalLine {
  std::string kind;
  std::string id;
  std::uint32_t attempt = 0;
  std::uint32_t end = 0;  ///< A JobEnd.
  std::string result;
  std::string error;
  std::optional<std::int64_t> after;  ///< Milliseconds.

  static void describe(Schema<JournalLine>& s);
};

/// With its line break.
[[nodiscard]] std::string journal_line(const Outcome& outcome);
/// Nothing for one that is torn.
[[nodiscard]] std::optional<JournalLine> read_journal_line(std::string_view line);

}  // namespace portico::jobs

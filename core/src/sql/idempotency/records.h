// SPDX-License-Identifier: Apache-2.0
// The table of Idempotency-Keys, and what is done to it. Answers are kept sealed: they may hold
// what is their client's alone. For threads that may block. What goes wrong is an SqlError.
#pragma once

#include "base/clock.h"
#include "base/ids.h"
#include "base/sealer.h"
#include "sql/idempotency/asked.h"
#include "sql/idempotency/kept_answer.h"
#include <portico/sql.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace portico::sql {

class IdempotencyRecords {
 public:
  /// How long an answer is given again.
  static constexpr std::chrono::hours Kept{24};
  /// How long a handler may be at it; after that another one may take its place.
  static constexpr std::chrono::seconds Lease{60};

  IdempotencyRecords(Sql& database, base::Sealer& sealer, const base::Clock& clock,
                     base::Ids& ids) noexcept
      : database_(database), sealer_(sealer), clock_(clock), ids_(ids) {}

  /// One request that is under way, and nobody else's with this key.
  struct Hold {
    Asked asked;
    std::string holder;
  };
  struct Claim {
    enum class Verdict : std::uint8_t {
      Mine,      ///< Nobody has asked so: do it, and settle it.
      Answered,  ///< It was done before.
      UnderWay,  ///< Somebody is at it.
      Mismatch,  ///< The key was used for something else.
    };
    Verdict verdict;
    Hold hold;          ///< Of `Mine`.
    KeptAnswer answer;  ///< Of `Answered`.
  };
  [[nodiscard]] Claim claim(const Asked& asked);
  /// The answer is kept, unless the lease has gone to somebody else.
  void settle(const Hold& hold, const KeptAnswer& answer);
  /// As if nobody had asked.
  void release(const Hold& hold);

 private:
  [[nodiscard]] std::int64_t now() const noexcept { return clock_.unix_time().count(); }

  [[nodiscard]] Claim read(const Row& row, const Asked& asked);

  Sql& database_;
  base::Sealer& sealer_;
  const base::Clock& clock_;
  base::Ids& ids_;
};

[[nodiscard]] bool any_idempotency_key_expired(Reader& reader, std::chrono::microseconds now);
/// Deletes what has expired, at most so many rows: SQLite has one writer. Returns how many.
inline constexpr std::uint64_t PurgedAtOnce = 500;
[[nodiscard]] std::uint64_t purge_idempotency_keys(Transaction& within,
                                                   std::chrono::microseconds now);

}  // namespace portico::sql

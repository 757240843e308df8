// SPDX-License-Identifier: Apache-2.0
#include "sql/core_migrations.h"

#include "sql/idempotency/table.h"
#include "sql/job_table.h"
#include "sql/outbox.h"

#include <array>

namespace portico::sql {
namespace {

constexpr std::array Steps{
    Migration{1, "idempotency_keys", CreateIdempotencyKeys, DropIdempotencyKeys},
    Migration{2, "outbox", CreateOutbox, DropOutbox},
    Migration{3, "jobs", CreateJobs, DropJobs},
};

}  // namespace

std::span<const Migration> core_migrations() noexcept { return Steps; }

}  // namespace portico::sql

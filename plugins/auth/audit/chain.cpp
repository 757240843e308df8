// SPDX-License-Identifier: Apache-2.0
#include "audit/chain.h"

#include "audit/audit_row.h"
#include "shared/joined.h"

#include <algorithm>
#include <array>

namespace portico::auth::audit {
namespace {

constexpr std::size_t PageSize = 500;

constexpr std::string_view Select = "SELECT ";
constexpr std::string_view Unlinked = " FROM auth_audit_log WHERE seq IS NULL ORDER BY id LIMIT $1";
constexpr std::string_view Linked =
    ", seq, prev_hash, hash, pii_salt, ip, ua_hash, pii FROM auth_audit_log WHERE seq > $1 ORDER "
    "BY seq LIMIT $2";
constexpr Statement FindUnlinked{"auth.audit.find_unlinked",
                                 Joined<Select, ChainedColumns, Unlinked>};
constexpr Statement FindLinked{"auth.audit.find_linked", Joined<Select, ChainedColumns, Linked>};
constexpr Statement CountUnlinked{"auth.audit.count_unlinked",
                                  "SELECT COUNT(*) FROM auth_audit_log WHERE seq IS NULL"};
constexpr Statement Chain{
    "auth.audit.chain",
    "UPDATE auth_audit_log SET seq = $1, prev_hash = $2, hash = $3 WHERE id = $4"};
constexpr Statement ReadHead{"auth.audit.head",
                             "SELECT seq, hash FROM auth_audit_head WHERE id = 1"};
constexpr Statement WriteHead{
    "auth.audit.write_head",
    "INSERT INTO auth_audit_head (id, seq, hash) VALUES (1, $1, $2) ON CONFLICT (id) DO UPDATE SET "
    "seq = excluded.seq, hash = excluded.hash"};

constexpr std::size_t SequenceColumn = ChainedColumnCount;
constexpr std::size_t BeforeColumn = SequenceColumn + 1;
constexpr std::size_t HashColumn = SequenceColumn + 2;
constexpr std::size_t SaltColumn = SequenceColumn + 3;

/// The last entry that is chained; the first one follows zeros.
struct Head {
  std::int64_t sequence = 0;
  Digest hash{};
};

[[nodiscard]] Head read_head(Reader& db) {
  Head head;
  const Rows rows = db.query(ReadHead);
  if (rows.empty()) return head;
  head.sequence = rows[0].integer(0);
  // A hash of another size is none, and will not be the one that is looked for.
  const std::span<const std::byte> hash = rows[0].blob(1);
  std::copy_n(hash.begin(), std::min(hash.size(), head.hash.size()), head.hash.begin());
  return head;
}

[[nodiscard]] bool same(const Row& row, std::size_t column, const Digest& digest) {
  return !row.null(column) && std::ranges::equal(row.blob(column), digest);
}

[[nodiscard]] bool personal_is_whole(const Row& row) {
  if (row.null(SaltColumn)) return true;  // Erased.
  const Digest digest =
      digest_of_personal(row.blob(SaltColumn), row.maybe_text(SaltColumn + 1),
                         row.maybe_text(SaltColumn + 2), row.maybe_text(SaltColumn + 3));
  return same(row, ChainedColumnCount - 1, digest);
}

/// What is wrong with the entry that comes after `last`; `last` becomes this one when nothing is.
[[nodiscard]] std::optional<Break> follow(Head& last, const Row& row) {
  using Why = Break::Why;
  const std::int64_t sequence = last.sequence + 1;
  if (row.integer(SequenceColumn) != sequence) return Break{sequence, Why::Missing};
  const Digest hash = hash_of(row, sequence, last.hash);
  if (!same(row, BeforeColumn, last.hash) || !same(row, HashColumn, hash)) {
    return Break{sequence, Why::Changed};
  }
  if (!personal_is_whole(row)) return Break{sequence, Why::Personal};
  last = {sequence, hash};
  return std::nullopt;
}

}  // namespace

std::string_view name_of(Break::Why why) noexcept {
  static constexpr std::array<std::string_view, 3> Names{"missing", "changed", "personal"};
  return Names[static_cast<std::size_t>(why)];
}

std::size_t link(Transaction& db, std::size_t most) {
  const Rows rows = db.query(FindUnlinked, {most});
  if (rows.empty()) return 0;
  Head head = read_head(db);
  for (const Row row : rows) {
    const Head next{head.sequence + 1, hash_of(row, head.sequence + 1, head.hash)};
    db.change(Chain, {next.sequence, head.hash, next.hash, row.text(0)});
    head = next;
  }
  db.change(WriteHead, {head.sequence, head.hash});
  return rows.size();
}

Verification verify(Reader& db) {
  const Head head = read_head(db);
  Verification result;
  result.unlinked = db.query(CountUnlinked)[0].integer(0);
  Head last;
  for (std::size_t got = PageSize; got == PageSize && !result.first;) {
    const Rows rows = db.query(FindLinked, {last.sequence, PageSize});
    got = rows.size();
    for (const Row row : rows) {
      result.first = follow(last, row);
      if (!result.first && last.sequence == head.sequence && last.hash != head.hash) {
        result.first = Break{last.sequence, Break::Why::Changed};
      }
      if (result.first) break;
    }
  }
  if (!result.first && last.sequence < head.sequence) {
    result.first = Break{last.sequence + 1, Break::Why::Missing};
  }
  result.entries = last.sequence;
  result.head = last.hash;
  return result;
}

}  // namespace portico::auth::audit

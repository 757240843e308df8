// SPDX-License-Identifier: Apache-2.0
#include "gate/knowledge.h"

#include "store/assignments.h"
#include "store/roles.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace portico::rbac {
namespace {

/// More changes than that are not gone through one by one.
constexpr std::size_t MostChanges = 10'000;
constexpr std::array PropagationBounds{0.001, 0.005, 0.01, 0.05, 0.1, 0.25,
                                       0.5,   1.0,   2.5,  5.0,  10.0};

UserKeys::Secret fresh_secret(const Host& host) {
  UserKeys::Secret secret{};
  host.random(secret);
  return secret;
}

/// What was read in one go.
struct News {
  std::int64_t version = 0;
  std::optional<std::vector<Change>> changes;  // Nothing: too many, or forgotten.
  std::optional<std::vector<Role>> roles;      // Where they changed.
};

}  // namespace

Knowledge::Knowledge(Sql* sql, std::chrono::nanoseconds staleness, Host& host)
    : sql_(sql),
      staleness_(staleness.count()),
      host_(host),
      propagation_(host.histogram("propagation_seconds",
                                  "From a change of roles to its effect on this node.",
                                  PropagationBounds)),
      unreadable_(host.gauge("unreadable_conditions",
                             "Grants whose condition cannot be read: they give nothing, and take "
                             "away always.")),
      keys_(fresh_secret(host)),
      book_(Book::compile({}, -1)) {}

void Knowledge::set(std::span<const Role> roles) { take(roles, 0); }

// The version is read first: what is read after it is at least as new, and what came in between is
// applied once more with the next one.
std::optional<std::vector<Change>> Knowledge::learn() {
  const std::lock_guard lock(learning_);
  const std::int64_t known = version();
  const auto asked = host_.now();
  News news = sql_->read_main([&](Reader& db) {
    News read{.version = versions::current(db), .changes = std::vector<Change>(), .roles = {}};
    if (read.version == known) return read;
    read.changes.reset();
    // A lower one: the database was put back to what it once was.
    if (known >= 0 && read.version > known) read.changes = versions::since(db, known, MostChanges);
    if (!read.changes || std::ranges::any_of(*read.changes, &Change::roles)) {
      read.roles = roles::all(db);
    }
    return read;
  });
  if (news.roles) take(*news.roles, news.version);
  if (news.changes) {
    apply(*news.changes);
  } else {
    editions_.end_all();
  }
  version_.store(news.version, std::memory_order_release);
  heard_.store(asked.count(), std::memory_order_relaxed);
  return std::move(news.changes);
}

void Knowledge::apply(std::span<const Change> changes) {
  const auto now = host_.unix_time();
  for (const Change& change : changes) {
    if (!change.roles) editions_.end(keys_(change.user));
    const std::chrono::duration<double> took = now - change.at;
    propagation_.observe(std::max(took.count(), 0.0));
  }
}

void Knowledge::take(std::span<const Role> roles, std::int64_t version) {
  auto book = Book::compile(roles, version);
  unreadable_.set(static_cast<double>(book->unreadable().size()));
  {
    const std::lock_guard lock(mutex_);
    book_ = std::move(book);
  }
  book_version_.store(version, std::memory_order_release);
}

std::vector<Assignment> Knowledge::look_up(std::string_view user) const {
  return sql_->read_main([&](Reader& db) { return assignments::of(db, user); });
}

bool Knowledge::stale(std::chrono::nanoseconds now) const noexcept {
  const std::int64_t heard = heard_.load(std::memory_order_relaxed);
  return sql_ != nullptr && (heard == Never || now.count() - heard > staleness_);
}

std::shared_ptr<const Book> Knowledge::book() const {
  const std::lock_guard lock(mutex_);
  return book_;
}

}  // namespace portico::rbac

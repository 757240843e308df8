// SPDX-License-Identifier: Apache-2.0
#include "store/wishes.h"

namespace portico::notify {
namespace wishes {
namespace {

constexpr Statement All{"notify.preferences.all",
                        "SELECT category, channel, enabled FROM notify_preferences WHERE recipient "
                        "= $1 ORDER BY category, channel"};
constexpr Statement Set{
    "notify.preferences.set",
    "INSERT INTO notify_preferences (recipient, category, channel, enabled) VALUES ($1, $2, $3, "
    "$4) ON CONFLICT (recipient, category, channel) DO UPDATE SET enabled = excluded.enabled"};
constexpr Statement Find{"notify.preferences.find",
                         "SELECT enabled FROM notify_preferences WHERE recipient = $1 AND category "
                         "= $2 AND channel = $3"};
constexpr Statement FindHabits{"notify.habits.find",
                               "SELECT quiet_from, quiet_to, timezone, digest FROM notify_habits "
                               "WHERE recipient = $1"};
constexpr Statement SetHabits{
    "notify.habits.set",
    "INSERT INTO notify_habits (recipient, quiet_from, quiet_to, timezone, digest) VALUES ($1, $2, "
    "$3, $4, $5) ON CONFLICT (recipient) DO UPDATE SET quiet_from = excluded.quiet_from, quiet_to "
    "= excluded.quiet_to, timezone = excluded.timezone, digest = excluded.digest"};

// "news=daily,offers=hourly": neither categories nor windows have such signs.
std::string text_of(const std::map<std::string, std::string>& digest) {
  std::string text;
  for (const auto& [category, window] : digest) {
    text.append(text.empty() ? "" : ",").append(category).append("=").append(window);
  }
  return text;
}

std::map<std::string, std::string> digest_of(std::string_view text) {
  std::map<std::string, std::string> digest;
  while (!text.empty()) {
    const std::string_view entry = text.substr(0, text.find(','));
    const std::size_t equals = entry.find('=');
    if (equals != std::string_view::npos) {
      digest.emplace(entry.substr(0, equals), entry.substr(equals + 1));
    }
    text.remove_prefix(std::min(text.size(), entry.size() + 1));
  }
  return digest;
}

}  // namespace

std::vector<Preference> preferences(Reader& db, std::string_view recipient) {
  std::vector<Preference> found;
  for (const Row row : db.query(All, {recipient})) {
    found.push_back({std::string(row.text(0)), std::string(row.text(1)), row.flag(2)});
  }
  return found;
}

void prefer(Transaction& db, std::string_view recipient, const Preference& preference) {
  db.change(Set, {recipient, preference.category, preference.channel, preference.enabled});
}

bool wanted(Reader& db, std::string_view recipient, std::string_view category,
            std::string_view channel) {
  const Rows rows = db.query(Find, {recipient, category, channel});
  return rows.empty() || rows[0].flag(0);
}

std::optional<Habits> habits(Reader& db, std::string_view recipient) {
  const Rows rows = db.query(FindHabits, {recipient});
  if (rows.empty()) return std::nullopt;
  return Habits{.quiet_from = rows[0].maybe_integer(0),
                .quiet_to = rows[0].maybe_integer(1),
                .timezone = std::string(rows[0].text(2)),
                .digest = digest_of(rows[0].text(3))};
}

void set_habits(Transaction& db, std::string_view recipient, const Habits& habits) {
  db.change(SetHabits, {recipient, habits.quiet_from, habits.quiet_to, habits.timezone,
                        text_of(habits.digest)});
}

}  // namespace wishes

namespace suppressions {
namespace {

constexpr Statement Find{"notify.suppressions.find",
                         "SELECT 1 FROM notify_suppressions WHERE address_digest = $1"};
constexpr Statement Add{
    "notify.suppressions.add",
    "INSERT INTO notify_suppressions (address_digest, address_sealed, reason, source, created_at) "
    "VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING"};
constexpr Statement Remove{"notify.suppressions.remove",
                           "DELETE FROM notify_suppressions WHERE address_digest = $1"};
constexpr Statement Page{
    "notify.suppressions.page",
    "SELECT address_digest, address_sealed, reason, source, created_at FROM notify_suppressions "
    "WHERE (created_at, address_digest) < ($1, $2) ORDER BY created_at DESC, address_digest DESC "
    "LIMIT $3"};

}  // namespace

bool holds(Reader& db, std::string_view digest) { return !db.query(Find, {digest}).empty(); }

void add(Transaction& db, const Suppression& suppression) {
  db.change(Add, {suppression.digest, suppression.address_sealed, suppression.reason,
                  suppression.source, suppression.created.count()});
}

bool remove(Transaction& db, std::string_view digest) { return db.change(Remove, {digest}) != 0; }

std::vector<Suppression> page(Reader& db, Time before, std::string_view digest, std::size_t limit) {
  std::vector<Suppression> found;
  for (const Row row : db.query(Page, {before.count(), digest, limit})) {
    found.push_back({.digest = std::string(row.text(0)),
                     .address_sealed = std::string(row.text(1)),
                     .reason = std::string(row.text(2)),
                     .source = std::string(row.text(3)),
                     .created = Time(row.integer(4))});
  }
  return found;
}

}  // namespace suppressions
}  // namespace portico::notify

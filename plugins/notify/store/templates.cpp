// SPDX-License-Identifier: Apache-2.0
#include "store/templates.h"

#include "shared/joined.h"

namespace portico::notify::templates_table {
namespace {

constexpr Statement Epoch{"notify.templates.epoch",
                          "SELECT epoch FROM notify_template_epoch WHERE id = 1"};
constexpr Statement Raise{"notify.templates.raise",
                          "UPDATE notify_template_epoch SET epoch = epoch + 1 WHERE id = 1"};
constexpr Statement Add{
    "notify.templates.add",
    "INSERT INTO notify_templates (template_key, locale, version, subject, body_text, body_html, "
    "removed, created_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"};

constexpr std::string_view Columns =
    "SELECT template_key, locale, version, subject, body_text, body_html, removed, created_by, "
    "created_at FROM notify_templates AS one WHERE ";
constexpr std::string_view OfAll =
    "version = (SELECT MAX(version) FROM notify_templates AS other WHERE other.template_key = "
    "one.template_key AND other.locale = one.locale) AND removed = 0 ORDER BY template_key, locale";
constexpr std::string_view OfOne =
    "template_key = $1 AND locale = $2 ORDER BY version DESC LIMIT 1";
constexpr std::string_view OfVersion = "template_key = $1 AND locale = $2 AND version = $3";
constexpr std::string_view OfKey = "template_key = $1 ORDER BY created_at DESC, locale LIMIT 1000";
constexpr Statement Newest{"notify.templates.newest", Joined<Columns, OfAll>};
constexpr Statement NewestOf{"notify.templates.newest_of", Joined<Columns, OfOne>};
constexpr Statement Find{"notify.templates.find", Joined<Columns, OfVersion>};
constexpr Statement Versions{"notify.templates.versions", Joined<Columns, OfKey>};

TemplateRow template_of(const Row& row) {
  const auto by = row.maybe_text(7);
  return {.key = std::string(row.text(0)),
          .locale = std::string(row.text(1)),
          .version = row.integer(2),
          .subject = std::string(row.text(3)),
          .text = std::string(row.text(4)),
          .html = std::string(row.text(5)),
          .removed = row.flag(6),
          .created_by = by ? std::optional<std::string>(*by) : std::nullopt,
          .created = Time(row.integer(8))};
}

std::vector<TemplateRow> all_of(const Rows& rows) {
  std::vector<TemplateRow> found;
  found.reserve(rows.size());
  for (const Row row : rows) found.push_back(template_of(row));
  return found;
}

std::optional<TemplateRow> first_of(const Rows& rows) {
  return rows.empty() ? std::nullopt : std::optional(template_of(rows[0]));
}

}  // namespace

std::int64_t epoch(Reader& db) { return db.query(Epoch)[0].integer(0); }

std::vector<TemplateRow> newest(Reader& db) { return all_of(db.query(Newest)); }

std::optional<TemplateRow> newest(Reader& db, std::string_view key, std::string_view locale) {
  return first_of(db.query(NewestOf, {key, locale}));
}

std::optional<TemplateRow> find(Reader& db, std::string_view key, std::string_view locale,
                                std::int64_t version) {
  return first_of(db.query(Find, {key, locale, version}));
}

std::vector<TemplateRow> versions(Reader& db, std::string_view key) {
  return all_of(db.query(Versions, {key}));
}

std::int64_t add(Transaction& db, const TemplateRow& row) {
  // Who raises first is waited for by the others, so that no version is given twice.
  db.change(Raise);
  const auto before = newest(db, row.key, row.locale);
  const std::int64_t version = before ? before->version + 1 : 1;
  db.change(Add, {row.key, row.locale, version, row.subject, row.text, row.html, row.removed,
                  row.created_by, row.created.count()});
  return version;
}

}  // namespace portico::notify::templates_table

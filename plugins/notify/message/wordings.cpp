// SPDX-License-Identifier: Apache-2.0
#include "message/wordings.h"

#include "builtin/built_in.h"

#include <optional>

namespace portico::notify {
namespace {

/// What is built in was tested: it can be read.
void put_built_in(Wording& wording) {
  for (const BuiltIn& each : built_in_templates()) {
    auto parsed = Parts::parse({.subject = each.subject, .text = each.text, .html = each.html});
    wording.catalog.put(each.key, each.locale,
                        std::make_shared<const Parts>(std::get<Parts>(std::move(parsed))));
    wording.versions[{std::string(each.key), std::string(each.locale)}] = BuiltInVersion;
  }
}

std::shared_ptr<const Wording> made_built_in(const std::string& fallback) {
  auto made = std::make_shared<Wording>(fallback);
  put_built_in(*made);
  return made;
}

std::variant<Parts, Parts::Fault> parse(const TemplateRow& row) {
  return Parts::parse({.subject = row.subject, .text = row.text, .html = row.html});
}

}  // namespace

std::int64_t Wording::version_of(const std::string& key, const std::string& locale) const {
  const auto found = versions.find({key, locale});
  return found == versions.end() ? BuiltInVersion : found->second;
}

Wordings::Wordings(Sql& sql, Host& host, std::string fallback)
    : sql_(sql),
      host_(host),
      fallback_(std::move(fallback)),
      built_in_(made_built_in(fallback_)),
      now_(built_in_) {}

void Wordings::learn() {
  std::shared_ptr<const Wording> next;
  const std::int64_t known = now()->epoch;
  sql_.read_main([&](Reader& db) {
    const std::int64_t epoch = templates_table::epoch(db);
    next = epoch == known ? nullptr : make(db, epoch);
  });
  if (next == nullptr) return;
  for (const std::string& fault : next->faults) host_.log(Level::Error, fault);
  const std::lock_guard lock(mutex_);
  if (next->epoch > now_->epoch) now_ = std::move(next);
}

std::shared_ptr<const Wording> Wordings::make(Reader& db, std::int64_t epoch) const {
  auto made = std::make_shared<Wording>(fallback_);
  made->epoch = epoch;
  put_built_in(*made);
  for (const TemplateRow& row : templates_table::newest(db)) {
    auto parsed = parse(row);
    if (const auto* const fault = std::get_if<Parts::Fault>(&parsed)) {
      made->faults.push_back("the template " + row.key + " (" + row.locale +
                             ") cannot be read: " + fault->fault.sentence);
      continue;
    }
    made->catalog.put(row.key, row.locale,
                      std::make_shared<const Parts>(std::get<Parts>(std::move(parsed))));
    made->versions[{row.key, row.locale}] = row.version;
  }
  return made;
}

std::shared_ptr<const Wording> Wordings::now() const {
  const std::lock_guard lock(mutex_);
  return now_;
}

std::variant<RenderedMail, RenderFault> Wordings::render(Reader& db, const std::string& key,
                                                         const std::string& locale,
                                                         std::int64_t version,
                                                         const Value& data) const {
  const auto wording = now();
  if (wording->version_of(key, locale) == version) {
    return render_mail(wording->catalog, key, locale, data);
  }
  // Somebody has written another one since.
  if (version == BuiltInVersion && built_in_->versions.contains({key, locale})) {
    return render_mail(built_in_->catalog, key, locale, data);
  }
  const auto row = templates_table::find(db, key, locale, version);
  if (!row) return render_mail(wording->catalog, key, locale, data);
  auto parsed = parse(*row);
  if (std::holds_alternative<Parts::Fault>(parsed)) {
    return render_mail(wording->catalog, key, locale, data);
  }
  const Texts::Choice choice{locale,
                             std::make_shared<const Parts>(std::get<Parts>(std::move(parsed)))};
  return render_mail(wording->catalog, choice, data);
}

}  // namespace portico::notify

// SPDX-License-Identifier: Apache-2.0
#include "api/templates.h"

#include "api/caller.h"
#include "api/message_body.h"
#include "builtin/built_in.h"
#include "message/variables.h"
#include "shared/answers.h"
#include "shared/entity_tag.h"
#include "shared/path_part.h"
#include "shared/refusal.h"
#include "template/json.h"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

namespace portico::notify {
namespace {

std::shared_ptr<const Parts> parse(const TemplateRow& row) {
  auto parsed = Parts::parse({.subject = row.subject, .text = row.text, .html = row.html});
  if (const auto* const fault = std::get_if<Parts::Fault>(&parsed)) {
    throw Refusal::of_field("/" + std::string(name_of(fault->part)), "template_invalid",
                            "Line " + std::to_string(fault->fault.line) + ", column " +
                                std::to_string(fault->fault.column) + ": " + fault->fault.sentence);
  }
  return std::make_shared<const Parts>(std::get<Parts>(std::move(parsed)));
}

std::optional<TemplateRow> built_in(std::string_view key, std::string_view locale) {
  for (const BuiltIn& each : built_in_templates()) {
    if (each.key != key || each.locale != locale) continue;
    return TemplateRow{.key = std::string(each.key),
                       .locale = std::string(each.locale),
                       .version = BuiltInVersion,
                       .subject = std::string(each.subject),
                       .text = std::string(each.text),
                       .html = std::string(each.html),
                       .removed = false,
                       .created_by = {}};
  }
  return std::nullopt;
}

std::string tag_of(const TemplateRow& row) {
  return entity_tag(row.locale + "." + std::to_string(row.version));
}

std::string locale_of(const Request& request, const Site& site) {
  return std::string(request.query("locale").value_or(site.config.locale));
}

Value value_of(const Json& data) {
  if (data.text.empty()) return Value(Value::Map());
  auto read = read_json(data.text);
  if (const auto* const fault = std::get_if<JsonFault>(&read)) {
    throw Refusal::of_field("/data", "data_invalid", fault->sentence);
  }
  return std::get<Value>(std::move(read));
}

Refusal of_fault(const RenderFault& fault) {
  if (fault.kind == RenderFault::Kind::UnknownTemplate) {
    return {Status::NotFound, "template_not_found", "There is no such template."};
  }
  const bool missing = fault.kind == RenderFault::Kind::MissingVariable;
  return Refusal::of_field(missing ? "/data/" + fault.name : "/data",
                           missing ? "missing_variable" : "template_invalid", fault.sentence);
}

}  // namespace

TemplateView TemplateRoutes::shown(const TemplateRow& row) const {
  TemplateView view = view_of(row);
  const auto wording = site_.wordings.now();
  const auto variables = variables_of(wording->catalog, {row.locale, parse(row)});
  if (const auto* const found = std::get_if<std::vector<Variable>>(&variables)) {
    for (const Variable& each : *found) view.variables.push_back({each.name, each.required});
  }
  return view;
}

TemplateRow TemplateRoutes::current(Reader& db, const std::string& key,
                                    std::string_view locale) const {
  auto row = templates_table::newest(db, key, locale);
  if (row && !row->removed) return std::move(*row);
  if (auto own = built_in(key, locale)) return std::move(*own);
  throw Refusal(Status::NotFound, "template_not_found",
                "There is no template of this key in that language.");
}

Response TemplateRoutes::list(Request& request) const {
  std::map<std::pair<std::string, std::string>, TemplateRow> rows;
  for (const BuiltIn& each : built_in_templates()) {
    rows.emplace(std::pair(std::string(each.key), std::string(each.locale)),
                 built_in(each.key, each.locale).value());
  }
  site_.sql.read([&](Reader& db) {
    for (TemplateRow& row : templates_table::newest(db)) {
      rows.insert_or_assign(std::pair(row.key, row.locale), std::move(row));
    }
  });
  const auto prefix = request.query("prefix");
  TemplateList list;
  for (const auto& [name, row] : rows) {
    if (!prefix || row.key.starts_with(*prefix)) list.items.push_back(view_of(row));
  }
  return uncached(json(Status::Ok, list));
}

Response TemplateRoutes::create(Request& request) const {
  const auto body = request.json<NewTemplateBody>();
  const TemplateRow row{.key = body.key,
                        .locale = body.locale,
                        .subject = body.subject,
                        .text = body.text,
                        .html = body.html,
                        .created_by = caller_of(request),
                        .created = site_.host.unix_time()};
  (void)parse(row);
  std::int64_t version = 0;
  site_.sql.write([&](Transaction& db) {
    const auto known = templates_table::newest(db, row.key, row.locale);
    if (known && !known->removed) {
      throw Refusal(Status::Conflict, "template_exists",
                    "There is a template of this key in this language; PUT replaces it.");
    }
    version = templates_table::add(db, row);
    record(db, site_, request, "template_changed", "template", row.key);
  });
  site_.wordings.learn();
  TemplateRow kept = row;
  kept.version = version;
  Response answer = uncached(json(Status::Created, shown(kept)));
  answer.headers().set("ETag", tag_of(kept));
  return answer;
}

Response TemplateRoutes::show(Request& request) const {
  const std::string key = path_part(request, "key");
  const std::string locale = locale_of(request, site_);
  const TemplateRow row = site_.sql.read_main([&](Reader& db) { return current(db, key, locale); });
  Response answer = uncached(json(Status::Ok, shown(row)));
  answer.headers().set("ETag", tag_of(row));
  return answer;
}

Response TemplateRoutes::replace(Request& request) const {
  const auto body = request.json<WordsBody>();
  TemplateRow row{.key = path_part(request, "key"),
                  .locale = body.locale,
                  .subject = body.subject,
                  .text = body.text,
                  .html = body.html,
                  .created_by = caller_of(request),
                  .created = site_.host.unix_time()};
  (void)parse(row);
  site_.sql.write([&](Transaction& db) {
    require_match(request, tag_of(current(db, row.key, row.locale)));
    row.version = templates_table::add(db, row);
    record(db, site_, request, "template_changed", "template", row.key);
  });
  site_.wordings.learn();
  Response answer = uncached(json(Status::Ok, shown(row)));
  answer.headers().set("ETag", tag_of(row));
  return answer;
}

/// Its versions stay: messages that wait are still to be said in them.
Response TemplateRoutes::remove(Request& request) const {
  const std::string key = path_part(request, "key");
  const std::string locale = locale_of(request, site_);
  site_.sql.write([&](Transaction& db) {
    auto row = templates_table::newest(db, key, locale);
    if (!row || row->removed) {
      throw Refusal(Status::NotFound, "template_not_found",
                    "There is no template of one's own of this key in that language.");
    }
    row->removed = true;
    row->created_by = caller_of(request);
    row->created = site_.host.unix_time();
    templates_table::add(db, *row);
    record(db, site_, request, "template_changed", "template", key);
  });
  site_.wordings.learn();
  return uncached(Response(Status::NoContent));
}

Response TemplateRoutes::versions(Request& request) const {
  const std::string key = path_part(request, "key");
  const auto rows = site_.sql.read([&](Reader& db) { return templates_table::versions(db, key); });
  TemplateList list;
  for (const TemplateRow& row : rows) list.items.push_back(view_of(row));
  return uncached(json(Status::Ok, list));
}

Response TemplateRoutes::preview(Request& request) const {
  const auto body = request.json<PreviewBody>();
  const std::string key = path_part(request, "key");
  const auto wording = site_.wordings.now();
  const Value data = with_surroundings(
      value_of(body.data),
      {.site = site_.config.site, .unsubscribe = "https://example.com/unsubscribe"});
  auto rendered = body.words
                      ? render_mail(wording->catalog,
                                    {body.words->locale, parse({.key = key,
                                                                .locale = body.words->locale,
                                                                .subject = body.words->subject,
                                                                .text = body.words->text,
                                                                .html = body.words->html,
                                                                .created_by = {}})},
                                    data)
                      : render_mail(wording->catalog, key, body.locale, data);
  if (const auto* const fault = std::get_if<RenderFault>(&rendered)) throw of_fault(*fault);
  auto& mail = std::get<RenderedMail>(rendered);
  return uncached(json(Status::Ok, PreviewView{.locale = std::move(mail.locale),
                                               .subject = std::move(mail.subject),
                                               .text = std::move(mail.text),
                                               .html = std::move(mail.html)}));
}

Response TemplateRoutes::test(Request& request) const {
  const auto body = request.json<TestBody>();
  const Draft draft{.address = body.email,
                    .template_key = path_part(request, "key"),
                    .locale = body.locale,
                    .data = body.data.text.empty() ? "{}" : body.data.text,
                    .priority = JobPriority::High,
                    .created_by = caller_of(request)};
  const auto accepted =
      site_.sql.write([&](Transaction& db) { return site_.acceptance.accept(db, draft); });
  return uncached(
      json(Status::Accepted,
           AcceptedView{.id = accepted.id, .status = "queued", .code = {}, .detail = {}}));
}

}  // namespace portico::notify

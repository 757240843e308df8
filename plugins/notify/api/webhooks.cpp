// SPDX-License-Identifier: Apache-2.0
#include "api/webhooks.h"

#include "api/caller.h"
#include "api/dead_letters.h"
#include "api/message_body.h"
#include "hook/event_catalog.h"
#include "shared/answers.h"
#include "shared/entity_tag.h"
#include "shared/paging.h"
#include "shared/refusal.h"
#include "shared/time_text.h"
#include "webhook/headers.h"
#include "webhook/url.h"

namespace portico::notify {
namespace {

using namespace std::chrono_literals;

constexpr Time PreviousSigns = 24h;
constexpr std::size_t MostRecovered = 500;

std::string tag_of(const EndpointRow& row) { return entity_tag(std::to_string(row.row_version)); }

HeaderFields fields_of(const std::map<std::string, std::string>& headers) {
  HeaderFields fields(headers.begin(), headers.end());
  if (const auto fault = webhook::fault_of_headers(fields)) {
    throw Refusal::of_field("/headers", "header_invalid", *fault);
  }
  return fields;
}

/// What the receiver is told.
std::string told(const webhook::Secret& secret) {
  return secret.kind() == webhook::Secret::Kind::Shared ? secret.text() : secret.public_text();
}

std::optional<std::string> unless_empty(std::string text) {
  return text.empty() ? std::nullopt : std::optional(std::move(text));
}

}  // namespace

/// Another's is as if there were none.
EndpointRow WebhookRoutes::own(Reader& db, const Request& request) const {
  auto row = endpoints::find(db, id_of(request));
  if (!row || row->owner != caller_of(request)) {
    throw Refusal(Status::NotFound, "not_found", "There is no such webhook.");
  }
  return std::move(*row);
}

void WebhookRoutes::check_url(const std::string& url) const {
  const bool anywhere = site_.config.webhooks.internal;
  const auto fault = webhook::fault_of_url(
      url, {.plain_http = anywhere, .address_literals = anywhere, .private_hosts = anywhere});
  if (fault) throw Refusal::of_field("/url", "url_not_allowed", *fault);
}

WebhookView WebhookRoutes::view_of(const EndpointRow& row) const {
  WebhookView view{.id = row.id,
                   .url = row.url,
                   .events = split(row.events),
                   .description = row.description,
                   .headers = {},
                   .status = row.active ? "active" : "disabled",
                   .failing_since = {},
                   .disabled_reason = row.disabled_reason,
                   .secret = {},
                   .created_at = time_text(row.created)};
  if (row.failing_since) view.failing_since = time_text(*row.failing_since);
  for (const auto& [name, value] : open_headers(site_.host, row.headers_sealed)) {
    view.headers.push_back(name);
  }
  return view;
}

Response WebhookRoutes::list(Request& request) const {
  const std::string owner = caller_of(request);
  const Paging paging(request, site_.host, "webhooks " + owner);
  auto rows = site_.sql.read([&](Reader& db) {
    return endpoints::of(db, owner, unless_empty(paging.after()), paging.limit() + 1);
  });
  const std::string next = cut_page(rows, paging, [](const EndpointRow& row) { return row.id; });
  WebhookList list;
  for (const EndpointRow& row : rows) list.items.push_back(view_of(row));
  if (!next.empty()) list.next = next;
  Response answer = uncached(json(Status::Ok, list));
  paging.link(answer, next);
  return answer;
}

Response WebhookRoutes::create(Request& request) const {
  const auto body = request.json<WebhookBody>();
  check_url(body.url);
  const bool pair = body.secret_type == WebhookBody::Secret::KeyPair;
  const webhook::Secret secret = webhook::Secret::generate(pair ? webhook::Secret::Kind::KeyPair
                                                                : webhook::Secret::Kind::Shared);
  const EndpointRow row{
      .id = site_.host.new_id(),
      .owner = caller_of(request),
      .url = body.url,
      .events = joined(body.events),
      .description = body.description,
      .headers_sealed = seal_headers(site_.host, fields_of(body.headers)),
      .secrets_sealed =
          EndpointSecrets{.current = secret.text(), .previous = {}}.sealed(site_.host),
      .failing_since = {},
      .disabled_reason = {},
      .created = site_.host.unix_time()};
  site_.sql.write([&](Transaction& db) {
    if (endpoints::count(db, row.owner) >=
        static_cast<std::int64_t>(site_.config.webhooks.per_owner)) {
      throw Refusal(Status::Conflict, "limit", "You have as many webhooks as you may.");
    }
    endpoints::add(db, row);
    record(db, site_, request, "webhook_changed", "webhook", row.id);
  });
  WebhookView view = view_of(row);
  view.secret = told(secret);
  Response answer = uncached(json(Status::Created, view));
  answer.headers().set("ETag", tag_of(row));
  return answer;
}

Response WebhookRoutes::show(Request& request) const {
  const EndpointRow row = site_.sql.read_main([&](Reader& db) { return own(db, request); });
  Response answer = uncached(json(Status::Ok, view_of(row)));
  answer.headers().set("ETag", tag_of(row));
  return answer;
}

void WebhookRoutes::apply(EndpointRow& row, const WebhookChange& body) const {
  if (body.url) row.url = *body.url;
  if (body.events && !body.events->empty()) row.events = joined(*body.events);
  if (body.description) row.description = *body.description;
  if (body.headers) row.headers_sealed = seal_headers(site_.host, fields_of(*body.headers));
}

Response WebhookRoutes::change(Request& request) const {
  const auto body = request.json<WebhookChange>();
  if (body.url) check_url(*body.url);
  EndpointRow row;
  site_.sql.write([&](Transaction& db) {
    row = own(db, request);
    require_match(request, tag_of(row));
    apply(row, body);
    endpoints::update(db, row);
    ++row.row_version;
    record(db, site_, request, "webhook_changed", "webhook", row.id);
  });
  Response answer = uncached(json(Status::Ok, view_of(row)));
  answer.headers().set("ETag", tag_of(row));
  return answer;
}

Response WebhookRoutes::remove(Request& request) const {
  site_.sql.write([&](Transaction& db) {
    const EndpointRow row = own(db, request);
    endpoints::remove(db, row.id);
    record(db, site_, request, "webhook_changed", "webhook", row.id);
  });
  return uncached(Response(Status::NoContent));
}

Response WebhookRoutes::rotate(Request& request) const {
  SecretView view;
  site_.sql.write([&](Transaction& db) {
    EndpointRow row = own(db, request);
    const auto before = EndpointSecrets::open(site_.host, row.secrets_sealed);
    const auto old = before ? webhook::Secret::parse(before->current) : std::nullopt;
    const webhook::Secret made =
        webhook::Secret::generate(old ? old->kind() : webhook::Secret::Kind::Shared);
    const Time until = site_.host.unix_time() + PreviousSigns;
    row.secrets_sealed = EndpointSecrets{.current = made.text(),
                                         .previous = old ? old->text() : std::string(),
                                         .until = until.count()}
                             .sealed(site_.host);
    endpoints::update(db, row);
    record(db, site_, request, "webhook_changed", "webhook", row.id);
    view = {.secret = told(made), .previous_valid_until = time_text(until)};
  });
  return uncached(json(Status::Ok, view));
}

Response WebhookRoutes::attempts(Request& request) const {
  const std::string id = id_of(request);
  const Paging paging(request, site_.host, "attempts " + id);
  auto rows = site_.sql.read([&](Reader& db) {
    return deliveries::of_endpoint(db, own(db, request).id, unless_empty(paging.after()),
                                   paging.limit() + 1);
  });
  const std::string next = cut_page(rows, paging, [](const DeliveryRow& row) { return row.id; });
  DeliveryList list;
  for (const DeliveryRow& row : rows) list.items.push_back(notify::view_of(row));
  if (!next.empty()) list.next = next;
  Response answer = uncached(json(Status::Ok, list));
  paging.link(answer, next);
  return answer;
}

Response WebhookRoutes::test(Request& request) const {
  DeliveryAccepted view{.id = {}, .status = std::string(status::Queued)};
  site_.sql.write([&](Transaction& db) { view.id = site_.fan_out.test(db, own(db, request)); });
  return uncached(json(Status::Accepted, view));
}

Response WebhookRoutes::enable(Request& request) const {
  EndpointRow row;
  site_.sql.write([&](Transaction& db) {
    row = own(db, request);
    row.active = true;
    row.failing_since.reset();
    row.disabled_reason.reset();
    endpoints::update(db, row);
    record(db, site_, request, "webhook_changed", "webhook", row.id);
  });
  return uncached(json(Status::Ok, view_of(row)));
}

/// Each delivery that came to nothing since then is made again.
Response WebhookRoutes::recover(Request& request) const {
  const auto body = request.json<RecoverBody>();
  const auto since = parse_time(body.since);
  if (!since) {
    throw Refusal::of_field("/since", "time_invalid",
                            "`since` is a time like 2026-01-31T09:05:00Z.");
  }
  const Time now = site_.host.unix_time();
  std::int64_t queued = 0;
  for (const std::string_view which : {status::Dead, status::Cancelled}) {
    for (std::size_t made = MostRecovered; made == MostRecovered;) {
      made = site_.sql.write([&](Transaction& db) {
        const auto rows = deliveries::within(db, {.from = *since,
                                                  .until = now + 1s,
                                                  .status = std::string(which),
                                                  .endpoint = own(db, request).id,
                                                  .limit = MostRecovered});
        for (const DeliveryRow& row : rows) {
          deliveries::requeue(
              db, row.id, site_.acceptance.enqueue(db, row.channel, row.id, JobPriority::Low, now),
              now);
          messages::reopen(db, row.message, now);
        }
        return rows.size();
      });
      queued += static_cast<std::int64_t>(made);
    }
  }
  return uncached(json(Status::Accepted, ReplayView{.queued = queued}));
}

Response WebhookRoutes::events(Request&) const {
  EventTypeList list;
  for (const CatalogEntry& each : event_catalog()) {
    list.items.push_back(
        {std::string(each.type), std::string(each.summary), Json{std::string(each.schema)}});
  }
  return json(Status::Ok, list);
}

}  // namespace portico::notify

// SPDX-License-Identifier: Apache-2.0
#include "hook/posting.h"

#include "delivery/fetched_field.h"
#include "delivery/report.h"
#include "message/delivery_job.h"
#include "store/deliveries.h"
#include "webhook/message_id.h"
#include "webhook/signature.h"
#include "webhook/verdict.h"

#include <optional>
#include <utility>

namespace portico::notify {
namespace {

double chance(const Host& host) {
  std::uint32_t number = 0;
  host.random(std::as_writable_bytes(std::span(&number, 1)));
  return number / 4294967296.0;
}

}  // namespace

void Posting::work(Job job) const {
  const std::string id = job.payload_as<DeliveryJob>().delivery;
  std::optional<Outgoing> outgoing;
  std::optional<EndpointRow> endpoint;
  sql_.read_main([&](Reader& db) {
    outgoing = outgoing::find(db, id);
    endpoint =
        outgoing && outgoing->endpoint ? endpoints::find(db, *outgoing->endpoint) : std::nullopt;
  });
  if (!outgoing || outgoing->status != status::Queued) return leave(job, {});
  if (!endpoint || !endpoint->active) return leave(job, status::Cancelled);
  const auto secrets = EndpointSecrets::open(host_, endpoint->secrets_sealed);
  if (!secrets) return job.fail("its secrets were sealed with another secret of the gateway");
  const Fetch order = order_of(*outgoing, *endpoint, *secrets);
  const Time started = host_.unix_time();
  host_.fetch(order, [this, started, job = std::move(job)](const Fetched& fetched) mutable {
    answered(job, fetched, started);
  });
}

Fetch Posting::order_of(const Outgoing& outgoing, const EndpointRow& endpoint,
                        const EndpointSecrets& secrets) const {
  const Time now = host_.unix_time();
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now);
  // Of the delivery: each endpoint sees ids of its own.
  const std::string id = webhook::message_id_of(outgoing.delivery);
  Fetch order;
  order.method = "POST";
  order.url = endpoint.url;
  order.body = outgoing.data;
  order.timeout = settings_.timeout;
  order.internal = settings_.internal;
  order.headers = open_headers(host_, endpoint.headers_sealed);
  order.headers.emplace_back("Content-Type", "application/json");
  order.headers.emplace_back("User-Agent", "Portico-Webhooks");
  order.headers.emplace_back("webhook-id", id);
  order.headers.emplace_back("webhook-timestamp", std::to_string(seconds.count()));
  const auto signing = secrets.signing();
  order.headers.emplace_back("webhook-signature",
                             webhook::signature_header(signing, id, seconds, order.body, now));
  return order;
}

void Posting::answered(Job& job, const Fetched& fetched, Time started) const {
  const int status = static_cast<int>(fetched.status);
  const Time now = host_.unix_time();
  const webhook::Verdict verdict =
      webhook::verdict_of(status, field_of(fetched, "retry-after"),
                          {.number = job.attempt(), .now = now, .chance = chance(host_)});
  using Kind = webhook::Verdict::Kind;
  Sending sending;
  sending.code = status == 0 ? std::string(verdict.reason) : std::to_string(status);
  sending.said = printable(status == 0 ? std::string_view(fetched.error) : fetched.body);
  sending.endpoint_wants_no_more = verdict.kind == Kind::Disable;
  sending.kind = verdict.kind == Kind::Delivered ? Sending::Kind::Sent
                 : verdict.kind == Kind::Later   ? Sending::Kind::Later
                                                 : Sending::Kind::Never;
  if (verdict.kind == Kind::Later) {
    sending.after = std::chrono::duration_cast<std::chrono::milliseconds>(verdict.wait);
  }
  conclude(job, sending, started, now);
}

}  // namespace portico::notify

// SPDX-License-Identifier: Apache-2.0
#include "delivery/digesting.h"

#include "message/variables.h"
#include "message/ways.h"
#include "shared/json_out.h"
#include "template/json.h"

#include <utility>

namespace portico::notify {

void DigestJob::describe(Schema<DigestJob>& s) {
  s.summary("A digest that is due.");
  s.field("recipient", &DigestJob::recipient, "Whose.").required();
  s.field("digest", &DigestJob::digest, "Of the address.").required();
  s.field("category", &DigestJob::category, "Of what.").required();
}

/// Done twice it finds nothing held the second time.
void Digesting::work(Job job) const {
  const auto wish = job.payload_as<DigestJob>();
  sql_.write([&](Transaction& db) {
    const auto held = deliveries::held(db, way::Email, wish.digest, wish.category);
    if (!held.empty()) send(db, held, wish.category);
  });
  job.done();
}

void Digesting::send(Transaction& db, const std::vector<DeliveryRow>& held,
                     const std::string& category) const {
  const auto first = messages::find(db, held.front().message);
  Draft draft{.template_key = "notify.digest",
              .locale = first ? first->locale : std::string(),
              .data = data_of(db, held),
              .category = category,
              .gathered = true};
  if (first && first->user) {
    draft.user = *first->user;
  } else {
    draft.address = held.front().address;
  }
  const auto accepted = acceptance_.accept(db, draft);
  const Time now = host_.unix_time();
  for (const DeliveryRow& each : held) {
    deliveries::change(db, {.id = each.id,
                            .status = status::Sent,
                            .attempts = each.attempts,
                            .provider = accepted.id,
                            .done = now});
    messages::conclude(db, each.message);
  }
}

/// Each with its subject and its text, in the words that it would have had.
std::string Digesting::data_of(Reader& db, const std::vector<DeliveryRow>& held) const {
  JsonOut out;
  out.begin_object().key("items").begin_list();
  for (const DeliveryRow& each : held) {
    const auto message = messages::find(db, each.message);
    if (!message) continue;
    auto read = read_json(message->data);
    if (std::holds_alternative<JsonFault>(read)) continue;
    const Value data =
        with_surroundings(std::get<Value>(read), {.site = config_.site, .unsubscribe = {}});
    const auto words = wordings_.render(db, message->template_key, message->locale,
                                        message->template_version, data);
    const auto* const mail = std::get_if<RenderedMail>(&words);
    if (mail == nullptr) continue;
    out.begin_object().member("title", mail->subject).member("body", mail->text).end_object();
  }
  out.end_list().end_object();
  return std::string(out.text());
}

}  // namespace portico::notify

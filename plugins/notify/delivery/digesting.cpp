// SPDX-License-Identifier: Apache-2.0
#include "delivery/digesting.h"

#include "message/inbox_entry.h"
#include "message/variables.h"
#include "message/ways.h"
#include "shared/json_out.h"
#include "shared/refusal.h"
#include "template/json.h"

#include <algorithm>
#include <optional>

namespace portico::notify {
namespace {

/// Of one message, and of all in one mail: what is accepted has bounds, too.
constexpr std::size_t LongestBody = std::size_t{8} * 1024;
constexpr std::size_t LongestDigest = std::size_t{128} * 1024;

/// Up to so many bytes, cut between characters.
std::string_view beginning(std::string_view text) {
  std::size_t size = std::min(text.size(), LongestBody);
  while (size > 0 && size < text.size() &&
         (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80) {
    --size;
  }
  return text.substr(0, size);
}

}  // namespace

void DigestJob::describe(Schema<DigestJob>& s) {
  s.summary("A digest that is due.");
  s.field("recipient", &DigestJob::recipient, "Whose.").required();
  s.field("digest", &DigestJob::digest, "Of the address.").required();
  s.field("category", &DigestJob::category, "Of what.").required();
}

/// Done twice it finds nothing held the second time. Each mail takes some of what is held, until
/// there is no more of it.
void Digesting::work(Job job) const {
  const auto wish = job.payload_as<DigestJob>();
  bool more = true;
  while (more) {
    more = sql_.write([&](Transaction& db) {
      const auto held =
          deliveries::held(db, way::Email, wish.digest, wish.category, host_.unix_time());
      if (!held.empty()) send_some(db, held, wish.category);
      return !held.empty();
    });
  }
  job.done();
}

/// At least the first of them is settled.
void Digesting::send_some(Transaction& db, const std::vector<DeliveryRow>& held,
                          const std::string& category) const {
  std::vector<const DeliveryRow*> taken;
  std::optional<MessageRow> first;
  JsonOut out;
  out.begin_object().key("items").begin_list();
  for (const DeliveryRow& each : held) {
    if (out.text().size() > LongestDigest) break;
    const auto message = messages::find(db, each.message);
    if (message && message->expires && *message->expires <= host_.unix_time()) {
      settle(db, each, status::Expired);
      continue;
    }
    taken.push_back(&each);
    if (message) add(db, *message, out);
    if (!first) first = message;
  }
  if (taken.empty()) return;
  Draft draft{.template_key = "notify.digest",
              .locale = first ? first->locale : std::string(),
              .data = std::string(out.end_list().end_object().text()),
              .category = category,
              .gathered = true};
  if (first && first->user) {
    draft.user = *first->user;
  } else {
    draft.address = taken.front()->address;
  }
  send(db, taken, draft);
}

void Digesting::send(Transaction& db, const std::vector<const DeliveryRow*>& taken,
                     const Draft& draft) const {
  try {
    const auto accepted = acceptance_.accept(db, draft);
    for (const DeliveryRow* each : taken) settle(db, *each, status::Sent, accepted.id);
  } catch (const Refusal& refusal) {
    // Its category, or its user, is there no more.
    for (const DeliveryRow* each : taken) settle(db, *each, status::Dead, {}, refusal.what());
  }
}

void Digesting::settle(Transaction& db, const DeliveryRow& row, std::string_view status,
                       std::string_view digest, std::string_view error) const {
  const auto unless_empty = [](std::string_view text) {
    return text.empty() ? std::nullopt : std::optional(text);
  };
  deliveries::change(db, {.id = row.id,
                          .status = status,
                          .attempts = row.attempts,
                          .error = unless_empty(error),
                          .provider = unless_empty(digest),
                          .done = host_.unix_time()});
  messages::conclude(db, row.message);
}

/// With its subject and its text, in the words that it would have had.
void Digesting::add(Reader& db, const MessageRow& message, JsonOut& out) const {
  auto read = read_json(message.data);
  if (std::holds_alternative<JsonFault>(read)) return;
  const Value data =
      with_surroundings(std::get<Value>(read), {.site = config_.site, .unsubscribe = {}});
  const auto words =
      wordings_.render(db, message.template_key, message.locale, message.template_version, data);
  const auto* const mail = std::get_if<RenderedMail>(&words);
  if (mail == nullptr) return;
  const InboxRow entry = inbox_entry(message.template_key, data, *mail);
  out.begin_object()
      .member("title", entry.title)
      .member("body", beginning(entry.body))
      .end_object();
}

}  // namespace portico::notify

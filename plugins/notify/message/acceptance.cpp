// SPDX-License-Identifier: Apache-2.0
#include "message/acceptance.h"

#include "mail/address.h"
#include "message/delivery_job.h"
#include "message/inbox_entry.h"
#include "message/variables.h"
#include "schedule/digest.h"
#include "shared/json_out.h"
#include "shared/refusal.h"
#include "store/wishes.h"
#include "template/json.h"

#include <algorithm>
#include <utility>

namespace portico::notify {
namespace {

using namespace std::chrono_literals;

/// Two of one `dedupe` to one recipient are one.
constexpr Time DedupeSpan = 24h;
constexpr Time Furthest = std::chrono::days(366);
constexpr Time MayBePast = 60s;

Refusal unprocessable(std::string path, std::string_view code, std::string sentence) {
  return Refusal::of_field(std::move(path), code, std::move(sentence));
}

Refusal of_fault(const RenderFault& fault) {
  if (fault.kind == RenderFault::Kind::MissingVariable) {
    return unprocessable("/data/" + fault.name, "missing_variable",
                         "The template needs `" + fault.name + "`; add it to `data`.");
  }
  return unprocessable("/data", "data_invalid", fault.sentence);
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

Value value_of(const Draft& draft) {
  auto read = read_json(draft.data);
  if (const auto* const fault = std::get_if<JsonFault>(&read)) {
    throw unprocessable("/data", "data_invalid", fault->sentence);
  }
  return std::get<Value>(std::move(read));
}

}  // namespace

Acceptance::Accepted Acceptance::accept(Transaction& db, const Draft& draft) const {
  check_form(draft);
  const Recipient recipient = recipient_of(db, draft);
  const std::vector<Way> ways = ways_to(recipient, draft);
  // All that a delivery may add is there, so that what is missing is missing from `data`.
  const auto wording = parts_.wordings.now();
  const RenderedMail words = words_of(*wording, draft, recipient, "https://example.com/");
  const MessageRow message = message_of(draft, recipient, words.locale,
                                        wording->version_of(draft.template_key, words.locale));
  if (auto known = messages::add(db, message, message.created - DedupeSpan)) {
    return {.id = std::move(*known), .duplicate = true};
  }
  for (const Way& way : ways) deliver(db, message, way, draft, recipient);
  messages::conclude(db, message.id);
  return {.id = message.id};
}

void Acceptance::check(Reader& db, const Draft& draft) const {
  check_form(draft);
  const Recipient recipient = recipient_of(db, draft);
  (void)ways_to(recipient, draft);
  (void)words_of(*parts_.wordings.now(), draft, recipient, "https://example.com/");
}

void Acceptance::check_form(const Draft& draft) const {
  if (draft.user.empty() == draft.address.empty()) {
    throw unprocessable("/to", "recipient_invalid", "Name one recipient: `user_id` or `email`.");
  }
  const Time now = parts_.host.unix_time();
  const auto bad = [&](Time time) { return time < now - MayBePast || time > now + Furthest; };
  if (draft.send_at != Time(0) && bad(draft.send_at)) {
    throw unprocessable("/send_at", "time_invalid", "`send_at` is within a year from now.");
  }
  if (!draft.category.empty() && !parts_.config.categories.contains(draft.category)) {
    throw unprocessable("/category", "category_unknown",
                        "There is no such category; the file lists them in `categories`.");
  }
  for (const std::string& channel : draft.channels) {
    if (!parts_.ways.known(channel)) {
      throw unprocessable(
          "/channels", "channel_unknown",
          "There is no such channel; there are " + listed(parts_.ways.names()) + ".");
    }
  }
}

Acceptance::Recipient Acceptance::recipient_of(Reader& db, const Draft& draft) const {
  Identity* const identity = parts_.identity.operator->();
  if (draft.user.empty()) {
    // However it is written, one address is one recipient. What is none may be of another channel.
    const auto read = Address::parse(draft.address);
    const std::string address = read ? read->text() : draft.address;
    Recipient recipient{.id = address, .contact = {}};
    recipient.contact.email = address;
    return recipient;
  }
  auto contact = identity == nullptr ? std::nullopt : identity->contact(db, draft.user);
  if (!contact) {
    throw unprocessable("/to/user_id", "recipient_unknown", "There is no such user to write to.");
  }
  return {.id = draft.user, .contact = std::move(*contact), .has_account = true};
}

std::vector<Acceptance::Way> Acceptance::ways_to(const Recipient& recipient,
                                                 const Draft& draft) const {
  static const std::vector<std::string> by_mail{std::string(way::Email)};
  std::vector<Way> ways;
  for (const std::string& channel : draft.channels.empty() ? by_mail : draft.channels) {
    const bool twice =
        std::ranges::any_of(ways, [&](const Way& w) { return w.channel == channel; });
    if (twice) continue;
    std::string address = recipient.contact.email;
    if (channel == way::Inbox) {
      if (!recipient.has_account) {
        throw unprocessable("/channels", "channel_invalid", "Only users have an inbox.");
      }
      address = recipient.id;
    } else if (channel == way::Email) {
      const auto read = Address::parse(address);
      if (!read) {
        throw unprocessable("/to/email", "email_invalid", "This is no address of mail.");
      }
      address = read->text();
    } else if (Channel* const other = parts_.ways.find(channel)) {
      if (const std::string fault = other->fault_of(address); !fault.empty()) {
        throw unprocessable("/to", "recipient_invalid", fault);
      }
    }
    std::string digest = parts_.digest.of(address);
    ways.push_back({channel, std::move(address), std::move(digest)});
  }
  return ways;
}

RenderedMail Acceptance::words_of(const Wording& wording, const Draft& draft,
                                  const Recipient& recipient,
                                  const std::string& unsubscribe) const {
  const std::string_view locale =
      draft.locale.empty() ? std::string_view(recipient.contact.locale) : draft.locale;
  const Value data =
      with_surroundings(value_of(draft), {.site = parts_.config.site, .unsubscribe = unsubscribe});
  auto rendered = render_mail(wording.catalog, draft.template_key, locale, data);
  if (const auto* const fault = std::get_if<RenderFault>(&rendered)) {
    if (fault->kind == RenderFault::Kind::UnknownTemplate) {
      throw Refusal(Status::NotFound, "template_not_found",
                    "There is no template of this key; GET /templates lists those that there are.");
    }
    throw of_fault(*fault);
  }
  return std::get<RenderedMail>(std::move(rendered));
}

MessageRow Acceptance::message_of(const Draft& draft, const Recipient& recipient,
                                  const std::string& locale, std::int64_t version) const {
  const Time now = parts_.host.unix_time();
  const auto optional = [](const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
  };
  return {.id = parts_.host.new_id(),
          .recipient = recipient.id,
          .user = recipient.has_account ? std::optional(recipient.id) : std::nullopt,
          .template_key = draft.template_key,
          .template_version = version,
          .locale = locale,
          .data = draft.secret ? parts_.host.seal(SealedData, draft.data) : draft.data,
          .sealed = draft.secret,
          .category = draft.category,
          .priority = draft.priority,
          .dedupe = optional(draft.dedupe),
          .send_at = std::max(draft.send_at, now),
          .expires = draft.expires,
          .created_by = draft.created_by,
          .created = now};
}

void Acceptance::deliver(Transaction& db, const MessageRow& message, const Way& way,
                         const Draft& draft, const Recipient& recipient) const {
  DeliveryRow delivery{.id = parts_.host.new_id(),
                       .message = message.id,
                       .channel = std::string(way.channel),
                       .address = way.address,
                       .digest = way.digest,
                       .next = message.send_at,
                       .created = message.created};
  if (way.channel == way::Inbox && message.send_at <= message.created) {
    put_into_inbox(db, message, delivery, draft, recipient);
  } else if (draft.gathered || !hold_for_digest(db, message, delivery)) {
    delivery.job = enqueue(db, way.channel, delivery.id, message.priority, message.send_at);
  }
  deliveries::add(db, delivery);
}

/// It is there with the message: nothing has to be sent anywhere.
void Acceptance::put_into_inbox(Transaction& db, const MessageRow& message, DeliveryRow& delivery,
                                const Draft& draft, const Recipient& recipient) const {
  delivery.next.reset();
  delivery.done = message.created;
  if (message.expires && *message.expires <= message.created) {
    delivery.status = status::Expired;
    return;
  }
  const bool optional =
      !message.category.empty() && !parts_.config.categories.at(message.category).critical;
  if (optional && !wishes::wanted(db, message.recipient, message.category, way::Inbox)) {
    delivery.status = status::Suppressed;
    return;
  }
  delivery.status = status::Sent;
  InboxRow row = inbox_entry(message.template_key, value_of(draft),
                             words_of(*parts_.wordings.now(), draft, recipient, {}));
  row.id = delivery.id;
  row.user = message.recipient;
  row.message = message.id;
  row.created = message.created;
  arrive(db, row);
}

bool Acceptance::hold_for_digest(Transaction& db, const MessageRow& message,
                                 DeliveryRow& delivery) const {
  if (message.category.empty() || delivery.channel != way::Email || message.sealed) return false;
  if (parts_.config.categories.at(message.category).critical) return false;
  const std::string& whose = message.user ? *message.user : delivery.digest;
  const auto habits = wishes::habits(db, whose);
  if (!habits) return false;
  const auto wish = habits->digest.find(message.category);
  if (wish == habits->digest.end()) return false;
  const Time length = wish->second == "hourly" ? Time(1h) : Time(24h);
  delivery.status = status::Held;
  delivery.next = window_end(message.send_at, length);
  enqueue_digest(db, {whose, delivery.digest, message.category}, *delivery.next);
  return true;
}

void Acceptance::enqueue_digest(Transaction& db, const deliveries::Held& held, Time at) const {
  JsonOut payload;
  payload.begin_object()
      .member("recipient", held.recipient)
      .member("digest", held.digest)
      .member("category", held.category)
      .end_object();
  parts_.jobs.enqueue(
      db, {.kind = work::Digest,
           .payload = payload.text(),
           .unique = held.digest + "/" + held.category + "/" + std::to_string(at.count()),
           .at = at});
}

std::string Acceptance::enqueue(Transaction& db, std::string_view channel,
                                std::string_view delivery, JobPriority priority, Time at) const {
  const std::string_view kind = channel == way::Email     ? work::Email
                                : channel == way::Webhook ? work::Webhook
                                                          : work::Carry;
  const std::string payload = payload_of(delivery);
  return parts_.jobs.enqueue(db, {.kind = kind, .payload = payload, .at = at, .priority = priority})
      .value();
}

}  // namespace portico::notify

// SPDX-License-Identifier: Apache-2.0
#include "api/suppressions.h"

#include "api/caller.h"
#include "mail/address.h"
#include "shared/answers.h"
#include "shared/paging.h"
#include "shared/path_part.h"
#include "shared/refusal.h"
#include "shared/time_text.h"
#include "shared/uuid.h"
#include "store/wishes.h"

#include <charconv>
#include <limits>
#include <stdexcept>
#include <utility>

namespace portico::notify {
namespace {

constexpr std::string_view SealedAddress = "suppressed address";
constexpr std::string_view Metric = "bounces_total";
constexpr std::string_view Help = "Reports of bounces, by type.";
/// In the order of texts before no digest that the table has.
constexpr std::string_view LastDigest = "g";

struct Position {
  Time created{std::numeric_limits<std::int64_t>::max()};
  std::string digest{LastDigest};
};

/// "1700000000000000 0f1e...": sealed in the cursor, so it is what was put there.
Position position_of(const std::string& text) {
  if (text.empty()) return {};
  std::int64_t created = 0;
  std::from_chars(text.data(), text.data() + text.size(), created);
  return {Time(created), text.substr(text.find(' ') + 1)};
}

std::string text_of(const Suppression& row) {
  return std::to_string(row.created.count()) + " " + row.digest;
}

std::optional<webhook::Verifier> verifier_of(const Config& config) {
  if (config.bounce_secret.empty()) return std::nullopt;
  auto verifier = webhook::Verifier::parse(config.bounce_secret.reveal());
  if (verifier) return verifier;
  throw std::runtime_error(
      "`bounce_secret` is no secret of Standard Webhooks; write what the provider shows: "
      "\"whsec_\" and 24 to 64 bytes in base64");
}

std::string_view header(const Request& request, std::string_view name) {
  return request.headers().get(name).value_or("");
}

}  // namespace

void SuppressionView::describe(Schema<SuppressionView>& s) {
  s.summary("An address that gets nothing any more.");
  s.field("email", &SuppressionView::email, "Which; nothing where another secret sealed it.");
  s.field("reason", &SuppressionView::reason, "`bounced`, `complained` or `removed`.");
  s.field("source", &SuppressionView::source, "Who said so.");
  s.field("created_at", &SuppressionView::created_at, "When.");
}

void SuppressionList::describe(Schema<SuppressionList>& s) {
  s.summary("Addresses that get nothing any more, the newest first.");
  s.field("items", &SuppressionList::items, "A page of them.");
  s.field("next", &SuppressionList::next, "The cursor of the next page.");
}

void BounceBody::describe(Schema<BounceBody>& s) {
  s.summary("What became of a mail behind the server that took it.");
  s.field("type", &BounceBody::type, "`hard` and `complaint` suppress the address.")
      .required()
      .names({{"hard", Type::Hard}, {"soft", Type::Soft}, {"complaint", Type::Complaint}});
  s.field("email", &BounceBody::email, "Which address.").required().max(254);
  s.field("delivery_id", &BounceBody::delivery_id, "Of which delivery.").max(64);
}

SuppressionRoutes::SuppressionRoutes(const Site& site)
    : site_(site),
      provider_(verifier_of(site.config)),
      hard_(site.host.counter(Metric, Help, {{"type", "hard"}})),
      soft_(site.host.counter(Metric, Help, {{"type", "soft"}})),
      complaints_(site.host.counter(Metric, Help, {{"type", "complaint"}})) {}

Response SuppressionRoutes::list(Request& request) const {
  const Paging paging(request, site_.host, "suppressions");
  const Position from = position_of(paging.after());
  auto rows = site_.sql.read([&](Reader& db) {
    return suppressions::page(db, from.created, from.digest, paging.limit() + 1);
  });
  const std::string next = cut_page(rows, paging, text_of);
  SuppressionList list;
  for (const Suppression& row : rows) {
    list.items.push_back({.email = site_.host.unseal(SealedAddress, row.address_sealed),
                          .reason = row.reason,
                          .source = row.source,
                          .created_at = time_text(row.created)});
  }
  if (!next.empty()) list.next = next;
  Response answer = uncached(json(Status::Ok, list));
  paging.link(answer, next);
  return answer;
}

Response SuppressionRoutes::remove(Request& request) const {
  const auto address = Address::parse(path_part(request, "email"));
  const std::string digest = address ? site_.digest.of(address->text()) : std::string();
  site_.sql.write([&](Transaction& db) {
    if (!address || !suppressions::remove(db, digest)) {
      throw Refusal(Status::NotFound, "not_found", "This address is not suppressed.");
    }
    record(db, site_, request, "suppression_removed", "address", digest);
  });
  return uncached(Response(Status::NoContent));
}

/// Whoever could forge one could have anybody's mails stopped.
void SuppressionRoutes::check_signature(const Request& request) const {
  if (!provider_) {
    throw Refusal(Status::NotFound, "not_found", "Nobody reports bounces here.");
  }
  const bool genuine = provider_->genuine({.id = header(request, "webhook-id"),
                                           .timestamp = header(request, "webhook-timestamp"),
                                           .signature = header(request, "webhook-signature"),
                                           .body = request.body()},
                                          site_.host.unix_time());
  if (!genuine) {
    throw Refusal(Status::Unauthorized, "signature_invalid",
                  "Sign it as Standard Webhooks says, with the secret of this site.");
  }
}

Response SuppressionRoutes::bounce(Request& request) const {
  check_signature(request);
  const auto body = request.json<BounceBody>();
  const auto address = Address::parse(body.email);
  if (!address) {
    throw Refusal::of_field("/email", "email_invalid", "This is no address of mail.");
  }
  if (!body.delivery_id.empty() && !uuid::parse(body.delivery_id)) {
    throw Refusal::of_field("/delivery_id", "delivery_invalid", "There is no such delivery.");
  }
  if (body.type == BounceBody::Type::Soft) {
    soft_.add();
    site_.host.log(Level::Info, "a mail bounced for now, of delivery \"" + body.delivery_id + "\"");
    return uncached(Response(Status::NoContent));
  }
  const bool hard = body.type == BounceBody::Type::Hard;
  site_.sql.write([&](Transaction& db) {
    suppressions::add(db, {.digest = site_.digest.of(address->text()),
                           .address_sealed = site_.host.seal(SealedAddress, address->text()),
                           .reason = hard ? "bounced" : "complained",
                           .source = "provider",
                           .created = site_.host.unix_time()});
  });
  (hard ? hard_ : complaints_).add();
  return uncached(Response(Status::NoContent));
}

}  // namespace portico::notify

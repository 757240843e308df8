// SPDX-License-Identifier: Apache-2.0
#include "hook/event_catalog.h"

#include <algorithm>
#include <array>

namespace portico::notify {
namespace {

constexpr std::string_view OfUser =
    R"({"type":"object","properties":{"user":{"type":"string"}},"required":["user"]})";
constexpr std::string_view OfSession =
    R"({"type":"object","properties":{"user":{"type":"string"},"session":{"type":"string"}}})";
constexpr std::string_view OfMessage =
    R"({"type":"object","properties":{"message":{"type":"string"},"delivery":{"type":"string"},)"
    R"("channel":{"type":"string"},"code":{"type":"string"}},"required":["message"]})";
constexpr std::string_view OfEndpoint =
    R"({"type":"object","properties":{"endpoint":{"type":"string"},"reason":{"type":"string"}},)"
    R"("required":["endpoint"]})";
constexpr std::string_view OfReminder =
    R"({"type":"object","properties":{"reminder":{"type":"string"}},"required":["reminder"]})";

constexpr std::array Catalog{
    CatalogEntry{"auth.user_created", "user.created", "Somebody has signed up.", OfUser},
    CatalogEntry{"auth.user_verified", "user.verified", "An address is its user's.", OfUser},
    CatalogEntry{"auth.token_reuse_detected", "token.reuse_detected",
                 "A refresh token was used twice.", OfSession},
    CatalogEntry{"notify.message_failed", "message.failed", "A message was not delivered.",
                 OfMessage},
    CatalogEntry{"notify.webhook_disabled", "webhook.disabled", "A webhook gets no more events.",
                 OfEndpoint},
    CatalogEntry{"notify.reminder_due", "reminder.due", "A reminder was due.", OfReminder},
    CatalogEntry{"notify.webhook_test", "webhook.test", "Somebody tries a webhook.",
                 R"({"type":"object"})"},
};

constexpr std::array<std::string_view, 3> Own{"auth", "rbac", "notify"};

}  // namespace

std::span<const CatalogEntry> event_catalog() noexcept { return Catalog; }

std::optional<std::string> type_of(const Event& event) {
  const auto known = std::ranges::find(Catalog, event.name, &CatalogEntry::event);
  if (known != Catalog.end()) return std::string(known->type);
  if (std::ranges::find(Own, event.source) != Own.end()) return std::nullopt;
  return std::string(event.name);
}

}  // namespace portico::notify

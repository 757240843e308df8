// SPDX-License-Identifier: Apache-2.0
#include "notification_service.h"

#include "shared/refusal.h"

#include <stdexcept>
#include <utility>

namespace portico::notify {

std::optional<std::string> NotificationService::accept(Transaction& db, const Notice& notice) {
  const Draft draft{
      .user = std::string(notice.user),
      .address = std::string(notice.email),
      .template_key = std::string(notice.template_key),
      .locale = std::string(notice.locale),
      .data = std::string(notice.data),
      .category = std::string(notice.category),
      .dedupe = std::string(notice.dedupe),
      .priority = notice.urgent ? JobPriority::High : JobPriority::Normal,
      .expires = notice.expires.count() == 0 ? std::nullopt : std::optional(notice.expires),
      .secret = notice.secret};
  try {
    auto accepted = acceptance_.accept(db, draft);
    return accepted.duplicate ? std::nullopt : std::optional(std::move(accepted.id));
  } catch (const Refusal& refusal) {
    throw std::invalid_argument(refusal.what());
  }
}

}  // namespace portico::notify

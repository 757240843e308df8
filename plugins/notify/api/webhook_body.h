// SPDX-License-Identifier: Apache-2.0
// Webhooks as requests write them, and as answers show them.
#pragma once

#include "store/endpoints.h"
#include <portico/schema.h>
#include <portico/units.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace portico::notify {

struct WebhookBody {
  enum class Secret : std::uint8_t { Shared, KeyPair };

  std::string url;
  std::vector<std::string> events;
  std::string description;
  std::map<std::string, std::string> headers;
  Secret secret_type = Secret::Shared;

  static void describe(Schema<WebhookBody>& s);
};

/// What is not there stays as it is.
struct WebhookChange {
  std::optional<std::string> url;
  std::optional<std::vector<std::string>> events;
  std::optional<std::string> description;
  std::optional<std::map<std::string, std::string>> headers;

  static void describe(Schema<WebhookChange>& s);
};

struct WebhookView {
  std::string id;
  std::string url;
  std::vector<std::string> events;
  std::string description;
  std::vector<std::string> headers;  ///< Their names.
  std::string status;
  std::optional<std::string> failing_since;
  std::optional<std::string> disabled_reason;
  /// Once, when it was made; of a pair of keys the public one.
  std::optional<std::string> secret;
  std::string created_at;

  static void describe(Schema<WebhookView>& s);
};

struct WebhookList {
  std::vector<WebhookView> items;
  std::optional<std::string> next;

  static void describe(Schema<WebhookList>& s);
};

struct SecretView {
  std::string secret;
  std::string previous_valid_until;

  static void describe(Schema<SecretView>& s);
};

struct RecoverBody {
  std::string since;

  static void describe(Schema<RecoverBody>& s);
};

struct EventTypeView {
  std::string type;
  std::string summary;
  Json schema;

  static void describe(Schema<EventTypeView>& s);
};

struct EventTypeList {
  std::vector<EventTypeView> items;

  static void describe(Schema<EventTypeList>& s);
};

struct DeliveryAccepted {
  std::string id;
  std::string status;

  static void describe(Schema<DeliveryAccepted>& s);
};

/// Patterns as the row has them.
[[nodiscard]] std::string joined(const std::vector<std::string>& patterns);
[[nodiscard]] std::vector<std::string> split(std::string_view patterns);

}  // namespace portico::notify

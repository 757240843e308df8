// SPDX-License-Identifier: Apache-2.0
// Messages as requests write them, and as answers show them.
#pragma once

#include "message/message_form.h"
#include "store/deliveries.h"
#include <portico/schema.h>
#include <portico/units.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace portico::notify {

struct BatchBody {
  static constexpr std::size_t Most = 1000;
  std::vector<MessageBody> messages;

  static void describe(Schema<BatchBody>& s);
};

struct AcceptedView {
  std::optional<std::string> id;
  std::string status;
  std::optional<std::string> code;
  std::optional<std::string> detail;

  static void describe(Schema<AcceptedView>& s);
};

struct BatchView {
  std::vector<AcceptedView> items;

  static void describe(Schema<BatchView>& s);
};

struct DeliveryView {
  std::string id;
  std::string message_id;
  std::string channel;
  std::string address;
  std::string status;
  std::int64_t attempts = 0;
  std::optional<std::string> next_at;
  std::optional<std::string> last_code;
  std::optional<std::string> last_error;
  std::optional<std::string> provider_id;
  std::string created_at;
  std::optional<std::string> done_at;

  static void describe(Schema<DeliveryView>& s);
};
[[nodiscard]] DeliveryView view_of(const DeliveryRow& row);

struct MessageView {
  std::string id;
  std::string status;
  std::string to;
  std::string template_key;
  std::int64_t template_version = 0;
  std::string locale;
  std::optional<Json> data;
  std::string category;
  std::string send_at;
  std::string created_at;
  std::optional<std::string> created_by;
  std::vector<DeliveryView> deliveries;

  static void describe(Schema<MessageView>& s);
};
/// What was sealed is not shown.
[[nodiscard]] MessageView view_of(const MessageRow& row);

struct MessageList {
  std::vector<MessageView> items;
  std::optional<std::string> next;

  static void describe(Schema<MessageList>& s);
};

struct DeliveryList {
  std::vector<DeliveryView> items;
  std::optional<std::string> next;

  static void describe(Schema<DeliveryList>& s);
};

}  // namespace portico::notify

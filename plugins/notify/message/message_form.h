// SPDX-License-Identifier: Apache-2.0
// Messages as bodies of requests write them.
#pragma once

#include "message/draft.h"
#include <portico/schema.h>
#include <portico/units.h>

#include <optional>
#include <string>
#include <vector>

namespace portico::notify {

struct RecipientBody {
  std::string user_id;
  std::string email;
  std::string address;

  static void describe(Schema<RecipientBody>& s);
};

struct ContentBody {
  std::string title;
  std::string body;
  std::optional<std::string> link;
  std::optional<std::string> link_label;

  static void describe(Schema<ContentBody>& s);
};

struct MessageBody {
  RecipientBody to;
  std::string template_key;
  std::optional<ContentBody> content;
  Json data;
  std::vector<std::string> channels;
  std::string send_at;
  std::string expires_at;
  std::string locale;
  std::string category;
  JobPriority priority = JobPriority::Normal;
  std::string dedupe_key;

  static void describe(Schema<MessageBody>& s);
  /// Throws Refusal.
  [[nodiscard]] Draft draft(const std::string& created_by) const;
};

/// The fields of a message, in a body that has others beside them.
template <class Body>
void describe_message(Schema<Body>& s) {
  s.field("to", &Body::to, "Who gets it.").required();
  s.field("template", &Body::template_key, "The key of a template.").max(100);
  s.field("content", &Body::content, "Or what is said.");
  s.field("data", &Body::data, "What the template fills in: an object.");
  s.field("channels", &Body::channels, "By which ways; by mail where nothing is said.").max(10);
  s.field("locale", &Body::locale, "The user's where nothing is said.").max(35);
  s.field("category", &Body::category, "What the recipient may turn off.").max(40);
  s.field("priority", &Body::priority, "What goes first.")
      .names({{"high", JobPriority::High},
              {"normal", JobPriority::Normal},
              {"low", JobPriority::Low}});
}

}  // namespace portico::notify

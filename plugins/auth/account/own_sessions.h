// SPDX-License-Identifier: Apache-2.0
// POST /logout?scope=local|others|global, and the list of one's sessions. What has ended is refused
// by every loop of this node before the answer is sent.
#pragma once

#include "account/parts.h"
#include "account/visit.h"
#include <portico/http.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portico::auth {

struct SessionView {
  std::string id;
  std::optional<std::string> device_name;
  std::optional<std::string> network;
  std::string created_at;
  std::string last_seen_at;
  bool current = false;

  static void describe(Schema<SessionView>& s);
};

struct SessionList {
  std::vector<SessionView> items;

  static void describe(Schema<SessionList>& s);
};

/// All behind the middleware `auth`.
class OwnSessions {
 public:
  explicit OwnSessions(const Parts& parts) : parts_(parts) {}

  [[nodiscard]] Response log_out(Request& request) const;
  [[nodiscard]] Response list(Request& request) const;
  [[nodiscard]] Response end_one(Request& request) const;
  /// DELETE of the list, but for the session that asks.
  [[nodiscard]] Response end_others(Request& request) const;

 private:
  enum class Scope : std::uint8_t { Local, Others, Global };

  void end(const Principal& who, const Visit& visit, Scope scope) const;

  const Parts& parts_;
};

}  // namespace portico::auth

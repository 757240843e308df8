// SPDX-License-Identifier: Apache-2.0
// Routes of reminders. Everybody sees and changes their own alone.
#pragma once

#include "api/site.h"
#include <portico/http.h>
#include <portico/plugin.h>
#include <portico/schema.h>
#include <portico/units.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace portico::notify {

struct ReminderView {
  std::string id;
  std::string kind;
  std::string rule;
  std::string timezone;
  std::string misfire;
  std::string status;
  std::optional<std::string> next_at;
  std::optional<std::string> last_at;
  std::string created_at;
  Json message;

  static void describe(Schema<ReminderView>& s);
};

struct ReminderList {
  std::vector<ReminderView> items;
  std::optional<std::string> next;

  static void describe(Schema<ReminderList>& s);
};

class ReminderRoutes {
 public:
  explicit ReminderRoutes(const Site& site) : site_(site) {}
  ReminderRoutes(const ReminderRoutes&) = delete;
  ReminderRoutes& operator=(const ReminderRoutes&) = delete;

  void setup(Registrar& registrar) const;

 private:
  [[nodiscard]] Response list(Request& request) const;
  [[nodiscard]] Response create(Request& request) const;
  [[nodiscard]] Response show(Request& request) const;
  [[nodiscard]] Response change(Request& request) const;
  [[nodiscard]] Response remove(Request& request) const;
  [[nodiscard]] ReminderRow own(Reader& db, const Request& request) const;
  void check(Transaction& db, const ReminderRow& row) const;

  const Site& site_;
};

}  // namespace portico::notify

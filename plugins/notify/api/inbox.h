// SPDX-License-Identifier: Apache-2.0
// Routes of the caller's own inbox. Another's entries are as if there were none.
#pragma once

#include "api/site.h"
#include <portico/http.h>
#include <portico/schema.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace portico::notify {

struct InboxEntryView {
  std::string id;
  std::string title;
  std::string body;
  std::optional<std::string> link;
  std::string created_at;
  std::optional<std::string> read_at;

  static void describe(Schema<InboxEntryView>& s);
};

struct InboxView {
  std::vector<InboxEntryView> items;
  std::optional<std::string> next;
  std::int64_t unread = 0;

  static void describe(Schema<InboxView>& s);
};

struct ReadView {
  std::int64_t read = 0;

  static void describe(Schema<ReadView>& s);
};

class InboxRoutes {
 public:
  explicit InboxRoutes(const Site& site) : site_(site) {}

  [[nodiscard]] Response list(Request& request) const;
  [[nodiscard]] Response mark_read(Request& request) const;
  [[nodiscard]] Response mark_all_read(Request& request) const;

 private:
  const Site& site_;
};

}  // namespace portico::notify

// SPDX-License-Identifier: Apache-2.0
// The templates as they are now: those that are built in, and over them those of the database. Read
// as a snapshot by any number of threads; renewed when the database's epoch has moved.
#pragma once

#include "store/templates.h"
#include "template/catalog.h"
#include "template/rendered_mail.h"
#include "template/value.h"
#include <portico/host.h>
#include <portico/sql.h>

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace portico::notify {

/// Of what is built in.
inline constexpr std::int64_t BuiltInVersion = 0;

struct Wording {
  Catalog catalog;
  std::map<std::pair<std::string, std::string>, std::int64_t> versions;  ///< Key and locale.
  std::int64_t epoch = -1;
  /// Of templates in the database that cannot be read (any more).
  std::vector<std::string> faults;

  explicit Wording(std::string fallback) : catalog(std::move(fallback)) {}
  [[nodiscard]] std::int64_t version_of(const std::string& key, const std::string& locale) const;
};

class Wordings {
 public:
  Wordings(Sql& sql, Host& host, std::string fallback);

  /// Reads what has changed. Throws SqlError.
  void learn();
  // Shared: whoever renders goes on with the one that it began with.
  [[nodiscard]] std::shared_ptr<const Wording> now() const;

  /// One that was pinned: of another version than now, it is read again. `db`: where from.
  [[nodiscard]] std::variant<RenderedMail, RenderFault> render(Reader& db, const std::string& key,
                                                               const std::string& locale,
                                                               std::int64_t version,
                                                               const Value& data) const;

 private:
  [[nodiscard]] std::shared_ptr<const Wording> make(Reader& db, std::int64_t epoch) const;

  Sql& sql_;
  Host& host_;
  const std::string fallback_;
  const std::shared_ptr<const Wording> built_in_;  // Also `now_`, until the database was asked.
  mutable std::mutex mutex_;
  std::shared_ptr<const Wording> now_;
};

}  // namespace portico::notify

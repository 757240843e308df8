// SPDX-License-Identifier: Apache-2.0
// A delivery with all that it takes to make it, found in one question.
#pragma once

#include "shared/time.h"
#include <portico/jobs.h>
#include <portico/sql.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace portico::notify {

struct Outgoing {
  std::string delivery;
  std::string message;
  std::string channel;
  std::string address;
  std::string digest;
  std::string status;
  std::optional<std::string> endpoint;
  std::optional<std::string> user;
  std::string template_key;
  std::int64_t template_version = 0;
  std::string locale;
  std::string data;
  bool sealed = false;
  std::string category;
  std::optional<Time> expires;
  Time due{0};
  bool suppressed = false;  ///< The address gets nothing any more.
  bool wanted = true;       ///< The recipient has not turned it off.
  std::int64_t lately = 0;  ///< To that address in the hour before, no more than `most` counted.

  /// Whose wishes count.
  [[nodiscard]] const std::string& whose() const noexcept { return user ? *user : digest; }
};

namespace outgoing {

[[nodiscard]] std::optional<Outgoing> find(Reader& db, std::string_view delivery,
                                           std::size_t most = 0);

}  // namespace outgoing
}  // namespace portico::notify

// SPDX-License-Identifier: Apache-2.0
// Where what was said on topics is kept. Any thread that may block; throws SqlError.
#pragma once

#include "store/streamed.h"
#include "store/topics.h"
#include <portico/sql.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace portico::notify {

/// The messages behind a number, the first ones first.
struct Reading {
  std::int64_t after = 0;  ///< That number.
  /// Of the last one that was ever said, from before the messages were read: what is missing below
  /// it has been purged.
  std::int64_t last = 0;
  std::vector<TopicMessage> messages;
  bool more = false;  ///< There may be others behind these.
};

class Source {
 public:
  Source() = default;
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;
  virtual ~Source() = default;

  [[nodiscard]] virtual Reading behind(std::string_view topic, std::int64_t seq) = 0;
  [[nodiscard]] virtual std::vector<streamed::LastNumber> last(
      std::span<const std::string> topics) = 0;
  [[nodiscard]] virtual std::vector<Subscription> subscribed(
      std::span<const Subscription> asked) = 0;
};

/// The tables, on the main database: a replica lacks what was said a moment ago.
class Tables final : public Source {
 public:
  explicit Tables(Sql& sql) : sql_(sql) {}

  [[nodiscard]] Reading behind(std::string_view topic, std::int64_t seq) override;
  [[nodiscard]] std::vector<streamed::LastNumber> last(
      std::span<const std::string> topics) override;
  [[nodiscard]] std::vector<Subscription> subscribed(std::span<const Subscription> asked) override;

 private:
  Sql& sql_;
};

}  // namespace portico::notify

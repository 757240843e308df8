// SPDX-License-Identifier: Apache-2.0
// The access log: each event loop formats its lines into a ring of its own, and the writer of a
// `Log` that follows takes them out of all of them.
#pragma once

#include "services/log/access_record.h"
#include "services/log/feed.h"
#include "services/log/line_ring.h"
#include "services/log/sink.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <string_view>

namespace portico::services {

/// One loop's end of it. For that loop's thread, but for `lost`.
class AccessWriter {
 public:
  /// How much may wait to be written. A loop that answers 100 000 requests a second, beside others
  /// that keep the writer from the processor, fills it in a tenth of a second.
  static constexpr std::size_t RingBytes = std::size_t{4} << 20U;

  /// `hurry` wakes who takes the lines; `complaints` hears of lost ones, now and then.
  AccessWriter(const std::function<void()>& hurry, LogSink& complaints,
               std::size_t ring_bytes = RingBytes)
      : ring_(ring_bytes), hurry_(hurry), complaints_(complaints) {}

  void write(const AccessForm& form, const AccessRecord& record) noexcept;
  [[nodiscard]] std::uint64_t lost() const noexcept { return ring_.lost(); }

 private:
  friend class AccessLog;
  void complain(std::chrono::microseconds time) noexcept;

  LineRing ring_;
  const std::function<void()>& hurry_;
  LogSink& complaints_;
  TimeText time_;
  std::uint64_t told_ = 0;
  std::chrono::microseconds told_at_{0};
};

class AccessLog final : public LogFeed {
 public:
  AccessLog(std::size_t loops, std::function<void()> hurry, LogSink& complaints,
            std::size_t ring_bytes = AccessWriter::RingBytes);

  [[nodiscard]] AccessWriter& writer(std::size_t loop) noexcept { return writers_[loop]; }
  /// Lines that were lost because nobody took the others in time. From any thread.
  [[nodiscard]] std::uint64_t lost() const noexcept;

  [[nodiscard]] std::string_view lines() noexcept override;
  void taken(std::size_t size) noexcept override;

 private:
  const std::function<void()> hurry_;
  std::deque<AccessWriter> writers_;
  std::size_t turn_ = 0;  // Whose lines were shown last.
};

}  // namespace portico::services

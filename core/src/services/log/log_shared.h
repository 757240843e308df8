// SPDX-License-Identifier: Apache-2.0
// What a log and its writer's thread share: the buffer that producers fill, and what the writer
// does with it. Only for those two.
#pragma once

#include "loop/wakeup.h"
#include "services/log/feed.h"
#include "services/log/log.h"
#include "services/log/output.h"
#include "services/log/record.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

namespace portico::services {

/// A buffer that never grows.
class Batch {
 public:
  explicit Batch(std::size_t capacity) { bytes_.reserve(capacity); }
  [[nodiscard]] bool append(std::string_view record) {
    if (record.size() > bytes_.capacity() - bytes_.size()) return false;
    bytes_.insert(bytes_.end(), record.begin(), record.end());
    return true;
  }
  [[nodiscard]] std::string_view text() const { return {bytes_.data(), bytes_.size()}; }
  [[nodiscard]] bool empty() const { return bytes_.empty(); }
  void clear() { bytes_.clear(); }

 private:
  std::vector<char> bytes_;
};

/// Coloured for a terminal alone.
[[nodiscard]] Paint paint_for(const LogOptions& options);

struct Log::Shared {
  explicit Shared(const LogOptions& options)
      : format(options.format),
        tells_losses(options.tells_losses),
        paint(paint_for(options)),
        output(options.file.empty()
                   ? borrow_stream(options.descriptor)
                   : open_file(options.file, {options.rotate_bytes, options.rotate_files})),
        pending(std::max(options.buffer_bytes, MaxRecord)),
        writing(std::max(options.buffer_bytes, MaxRecord)) {}

  std::string_view format_record(const Record& record, RecordSpace space) const {
    return format == LogFormat::Json ? format_json(record, space)
                                     : format_text(record, paint, space);
  }

  // On the writer's thread.
  void write_counted(std::string_view records);
  std::string_view write_out(std::string_view lines);
  bool wait_for_room();
  bool report(Level level, std::string_view message);
  void report_dropped();
  void write_feed();
  void wait_for_work(std::unique_lock<std::mutex>& lock);
  void reopen_output();
  bool take_work();
  void finish_work();

  const LogFormat format;
  const bool tells_losses;
  const Paint paint;
  const std::unique_ptr<Output> output;
  loop::Wakeup interrupt;  // Ends the writer's wait for a reader.
  std::atomic<std::uint64_t> dropped{0};
  std::uint64_t reported = 0;
  bool torn = false;  // The last record that went out lacks its end.

  std::mutex mutex;
  std::condition_variable work;
  std::condition_variable progress;
  Batch pending;  // Guarded, as everything below.
  std::uint64_t accepted = 0;
  std::uint64_t finished = 0;
  bool writer_sleeps = false;
  std::shared_ptr<LogFeed> feed;  // Shared with whoever fills it: the writer may outlive that one.
  bool reopening = false;
  bool stopping = false;
  bool ended = false;
  std::chrono::steady_clock::time_point stop_at{};

  std::atomic<bool> hurried{false};

  Batch writing;  // The writer's own.
  std::shared_ptr<LogFeed> followed;
  std::uint64_t taken = 0;
};

}  // namespace portico::services

// SPDX-License-Identifier: Apache-2.0
// The log of the process. A producer formats its record on its own stack, appends it to a bounded
// buffer under a lock that is held for one copy, and goes on: it never waits for I/O. One writer
// thread takes the buffer whole and writes it out. When the buffer is full the record is dropped
// and counted; the writer reports `dropped N records` as soon as there is room again. Records are
// cut to `MaxRecord`; control characters and broken UTF-8 are escaped, so that a record is always
// one line.
#pragma once

#include "base/clock.h"
#include "services/log/feed.h"
#include "services/log/sink.h"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <thread>

namespace portico::services {

enum class LogFormat : std::uint8_t { Json, Text };

struct LogOptions {
  Level level = Level::Info;
  LogFormat format = LogFormat::Json;
  std::string file;    ///< Empty: `descriptor`.
  int descriptor = 1;  ///< Borrowed. Coloured when it is a terminal and the format is text.
  std::uint64_t rotate_bytes = 0;  ///< A file of this size becomes file.1; 0 is never.
  unsigned rotate_files = 5;       ///< file.1 .. file.N are kept.
  std::size_t buffer_bytes = 1 << 20;
  bool tells_losses = true;  ///< Writes a record of its own when some were dropped.
  std::chrono::milliseconds stop_timeout{
      1000};  ///< How long `stop` waits for a reader that is stuck.
};

class Log final : public LogSink {
 public:
  /// Opens the file and starts the writer. Throws std::system_error when the file cannot be opened.
  explicit Log(const LogOptions& options, const base::Clock& clock = base::system_clock());
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;
  ~Log();

  using LogSink::write;
  void write(Level level, std::string_view component, std::string_view message,
             std::span<const Field> fields) noexcept override;

  [[nodiscard]] bool enabled(Level level) const noexcept {
    return level >= level_.load(std::memory_order_relaxed);
  }
  void level(Level level) noexcept { level_.store(level, std::memory_order_relaxed); }

  /// The writer looks for lines of `feed` too, from now on: ten times a second, after each `hurry`,
  /// and a last time when it stops. Once.
  void follow(std::shared_ptr<LogFeed> feed) noexcept;
  void hurry() noexcept;

  /// The writer opens the file again by its name (a rotation tool has moved it). Returns at once.
  void reopen() noexcept;
  /// Waits until everything written before is out, or until the time is over; says which.
  bool flush(std::chrono::milliseconds timeout) noexcept;
  /// Writes out what is there, within `stop_timeout`. Later records are dropped. Idempotent.
  void stop() noexcept;
  /// Records lost so far: the buffer was full, the disk was full, the reader was stuck.
  [[nodiscard]] std::uint64_t dropped() const noexcept;

 private:
  struct Shared;
  static void run(const std::shared_ptr<Shared>& shared) noexcept;

  std::atomic<Level> level_;
  const base::Clock& clock_;
  const std::chrono::milliseconds stop_timeout_;
  // Shared with the writer alone: a writer that hangs in the kernel is left behind at shutdown, and
  // then outlives this object.
  std::shared_ptr<Shared> shared_;
  std::thread writer_;
};

}  // namespace portico::services

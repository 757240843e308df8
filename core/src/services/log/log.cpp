// SPDX-License-Identifier: Apache-2.0
#include "services/log/log.h"

#include "loop/wakeup.h"
#include "services/log/feed.h"
#include "services/log/output.h"
#include "services/log/record.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

namespace portico::services {
namespace {

using SteadyTime = std::chrono::steady_clock::time_point;

constexpr std::chrono::milliseconds FeedPause{100};

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

[[nodiscard]] Paint paint_for(const LogOptions& options) {
  const bool colours = options.file.empty() && options.format == LogFormat::Text &&
                       std::getenv("NO_COLOR") == nullptr && ::isatty(options.descriptor) == 1;
  return colours ? Paint::Coloured : Paint::Plain;
}

}  // namespace

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
  SteadyTime stop_at{};

  std::atomic<bool> hurried{false};

  Batch writing;  // The writer's own.
  std::shared_ptr<LogFeed> followed;
  std::uint64_t taken = 0;
};

/// Returns what could not be written.
std::string_view Log::Shared::write_out(std::string_view lines) {
  if (torn && output->write("\n") == 1) torn = false;
  while (!lines.empty()) {
    const std::ptrdiff_t written = output->write(lines);
    if (written > 0) {
      torn = lines[static_cast<std::size_t>(written) - 1] != '\n';
      lines.remove_prefix(static_cast<std::size_t>(written));
    } else if (written < 0 || !wait_for_room()) {
      break;
    }
  }
  return lines;
}

void Log::Shared::write_counted(std::string_view records) {
  const std::string_view rest = write_out(records);
  const auto lost = static_cast<std::uint64_t>(std::count(rest.begin(), rest.end(), '\n'));
  dropped.fetch_add(lost, std::memory_order_relaxed);
}

bool Log::Shared::wait_for_room() {
  int timeout = -1;
  {
    const std::lock_guard lock(mutex);
    if (stopping) {
      const auto left = stop_at - std::chrono::steady_clock::now();
      timeout = static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(left).count());
      if (timeout <= 0) return false;
    }
  }
  std::array<pollfd, 2> waits{
      {{output->descriptor(), POLLOUT, 0}, {interrupt.descriptor(), POLLIN, 0}}};
  ::poll(waits.data(), waits.size(), timeout);
  if (waits[1].revents != 0) interrupt.clear();
  return true;
}

bool Log::Shared::report(Level level, std::string_view message) {
  std::array<char, MaxRecord> space;
  // Not the injected clock, which a writer that was left behind would outlive.
  const std::chrono::microseconds time = base::system_clock().unix_time();
  return write_out(format_record({time, level, "log", message, {}}, space)).empty();
}

void Log::Shared::report_dropped() {
  const std::uint64_t lost = dropped.load(std::memory_order_relaxed) - reported;
  if (lost == 0 || !tells_losses) return;
  if (report(Level::Warning, "dropped " + std::to_string(lost) + " records")) reported += lost;
}

void Log::Shared::reopen_output() {
  if (output->reopen()) return;
  report(Level::Error, "cannot open the log file again, writing on to the old one: " +
                           std::generic_category().message(errno));
}

void Log::Shared::write_feed() {
  if (followed == nullptr) return;
  // So much at once, and then the records' turn.
  constexpr int Pieces = 64;
  for (int i = 0; i < Pieces; ++i) {
    const std::string_view lines = followed->lines();
    if (lines.empty()) return;
    write_counted(lines);
    followed->taken(lines.size());
  }
}

void Log::Shared::wait_for_work(std::unique_lock<std::mutex>& lock) {
  const auto wanted = [this] {
    return !pending.empty() || reopening || stopping || feed != followed ||
           hurried.exchange(false, std::memory_order_relaxed);
  };
  writer_sleeps = true;
  if (feed == nullptr) {
    work.wait(lock, wanted);
  } else {
    work.wait_for(lock, FeedPause, wanted);
  }
  writer_sleeps = false;
}

/// Waits for records and takes them all; false once stopped and empty.
bool Log::Shared::take_work() {
  bool reopen_now = false;
  {
    std::unique_lock lock(mutex);
    wait_for_work(lock);
    followed = feed;
    if (stopping && pending.empty()) return false;
    std::swap(pending, writing);
    taken = accepted;
    reopen_now = std::exchange(reopening, false);
  }
  if (reopen_now) reopen_output();
  return true;
}

void Log::Shared::finish_work() {
  writing.clear();
  const std::lock_guard lock(mutex);
  finished = taken;
  progress.notify_all();
}

void Log::run(const std::shared_ptr<Shared>& shared) noexcept {
  while (shared->take_work()) {
    shared->write_counted(shared->writing.text());
    shared->write_feed();
    shared->report_dropped();
    shared->finish_work();
  }
  shared->write_feed();
  const std::lock_guard lock(shared->mutex);
  shared->ended = true;
  shared->progress.notify_all();
}

Log::Log(const LogOptions& options, const base::Clock& clock)
    : level_(options.level),
      clock_(clock),
      stop_timeout_(options.stop_timeout),
      shared_(std::make_shared<Shared>(options)) {
  // Signals belong to the thread that waits for them, and a reader that hangs up is EPIPE, no
  // SIGPIPE.
  sigset_t all;
  sigset_t before;
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &before);
  writer_ = std::thread([shared = shared_] { run(shared); });
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  ::pthread_setname_np(writer_.native_handle(), "portico-log");
}

Log::~Log() { stop(); }

void Log::write(Level level, std::string_view component, std::string_view message,
                std::span<const Field> fields) noexcept {
  if (!enabled(level)) return;
  // Not set to zero first: that would cost more than the formatting.
  char space[MaxRecord];
  const std::string_view record = shared_->format_record(
      {clock_.unix_time(), level, component, message, fields}, RecordSpace(space));
  bool wake = false;
  {
    const std::lock_guard lock(shared_->mutex);
    if (shared_->stopping || !shared_->pending.append(record)) {
      shared_->dropped.fetch_add(1, std::memory_order_relaxed);
      return;
    }
    shared_->accepted += record.size();
    wake = std::exchange(shared_->writer_sleeps, false);
  }
  if (wake) shared_->work.notify_one();
}

void Log::follow(std::shared_ptr<LogFeed> feed) noexcept {
  const std::lock_guard lock(shared_->mutex);
  shared_->feed = std::move(feed);
  shared_->work.notify_one();
}

/// Without the lock, for loops call it: a wake-up that is missed is made up for by the next look.
void Log::hurry() noexcept {
  shared_->hurried.store(true, std::memory_order_relaxed);
  shared_->work.notify_one();
}

void Log::reopen() noexcept {
  const std::lock_guard lock(shared_->mutex);
  shared_->reopening = true;
  shared_->work.notify_one();
}

bool Log::flush(std::chrono::milliseconds timeout) noexcept {
  std::unique_lock lock(shared_->mutex);
  const std::uint64_t target = shared_->accepted;
  return shared_->progress.wait_for(lock, timeout, [&] { return shared_->finished >= target; });
}

void Log::stop() noexcept {
  if (!writer_.joinable()) return;
  bool ended = false;
  {
    std::unique_lock lock(shared_->mutex);
    shared_->stopping = true;
    shared_->stop_at = std::chrono::steady_clock::now() + stop_timeout_;
    shared_->work.notify_one();
    shared_->interrupt.signal();
    // A little longer than the writer takes to give up by itself.
    ended = shared_->progress.wait_for(lock, stop_timeout_ + std::chrono::milliseconds(100),
                                       [this] { return shared_->ended; });
  }
  if (ended) {
    writer_.join();
  } else {
    writer_.detach();
  }
}

std::uint64_t Log::dropped() const noexcept {
  return shared_->dropped.load(std::memory_order_relaxed);
}

}  // namespace portico::services

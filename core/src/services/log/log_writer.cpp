// SPDX-License-Identifier: Apache-2.0
// The writer's thread.
#include "services/log/log_shared.h"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <string>
#include <utility>

#include <poll.h>
#include <unistd.h>

namespace portico::services {

namespace {

using SteadyTime = std::chrono::steady_clock::time_point;

constexpr std::chrono::milliseconds FeedPause{100};

}  // namespace

Paint paint_for(const LogOptions& options) {
  const bool colours = options.file.empty() && options.format == LogFormat::Text &&
                       std::getenv("NO_COLOR") == nullptr && ::isatty(options.descriptor) == 1;
  return colours ? Paint::Coloured : Paint::Plain;
}

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

}  // namespace portico::services

// SPDX-License-Identifier: Apache-2.0
// What is behind the SDK's `Feed`: bytes between the threads that write them and the loop that
// sends them. Shared by the handles and by the answer that has it as its body; the last one frees
// it. While its mail is under way it holds itself.
#pragma once

#include "loop/executor.h"
#include <portico/stream.h>

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

namespace portico::detail {

class FeedState final : loop::Mail {
 public:
  /// Who reads. All of it on the loop.
  class Reader {
   public:
    /// There is something to take.
    virtual void feed_ready() noexcept = 0;

   protected:
    ~Reader() = default;
  };
  /// What follows the bytes that were taken.
  enum class Rest : std::uint8_t { More, End, Cut };

  explicit FeedState(const FeedOptions& options) noexcept;
  FeedState(const FeedState&) = delete;
  FeedState& operator=(const FeedState&) = delete;

  static FeedState& of(const Feed& feed) noexcept { return *feed.state_; }
  void acquire() noexcept;
  void release() noexcept;

  // The writers', on any thread.
  bool write(std::string_view bytes) { return write(bytes, {}); }
  /// Both, or neither.
  bool write(std::string_view head, std::string_view body);
  void end() noexcept;
  /// The reader is to cut the connection.
  void cut() noexcept;
  [[nodiscard]] bool open() const noexcept;
  void on_close(Callable<void()> closed);

  // The reader's, on its loop.
  /// From now on `reader` is told, by `executor`, of what there is to take.
  void attach(loop::Executor& executor, Reader& reader) noexcept;
  /// Exchanges what waits for the contents of `room`, which is cleared first.
  [[nodiscard]] Rest take(std::string& room) noexcept;
  /// Whether there is nothing to wait for any more: the connection is to be cut.
  [[nodiscard]] bool was_cut() const noexcept;
  /// Nobody reads any more. What the closing function throws passes through.
  void close();

 private:
  ~FeedState() = default;
  void tell_reader() noexcept;
  static void on_mail(loop::Mail& mail) noexcept;

  const FeedOptions options_;
  std::atomic<std::uint32_t> holders_{1};

  mutable std::mutex mutex_;
  std::string waiting_;
  Rest rest_ = Rest::More;
  bool closed_ = false;
  bool told_ = false;  // The mail is under way.
  loop::Executor* executor_ = nullptr;
  Reader* reader_ = nullptr;
  Callable<void()> on_close_;
};

/// The reading end, as an answer owns it: an answer that goes closes its feed.
class FeedEnd {
 public:
  FeedEnd() noexcept = default;
  FeedEnd(const FeedEnd&) = delete;
  FeedEnd& operator=(const FeedEnd&) = delete;
  ~FeedEnd();

  void hold(FeedState& state) noexcept;
  [[nodiscard]] FeedState* get() const noexcept { return state_; }

 private:
  FeedState* state_ = nullptr;
};

}  // namespace portico::detail

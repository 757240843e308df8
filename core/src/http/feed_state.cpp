// SPDX-License-Identifier: Apache-2.0
#include "http/feed_state.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace portico::detail {

namespace {

/// The options of a caller that may know fewer of them.
[[nodiscard]] FeedOptions known(const FeedOptions& given) noexcept {
  FeedOptions options;
  std::memcpy(&options, &given, std::min<std::size_t>(given.size, sizeof options));
  return options;
}

}  // namespace

FeedState::FeedState(const FeedOptions& options) noexcept : options_(known(options)) {
  deliver = &FeedState::on_mail;
}

void FeedState::acquire() noexcept { holders_.fetch_add(1, std::memory_order_relaxed); }

void FeedState::release() noexcept {
  if (holders_.fetch_sub(1, std::memory_order_acq_rel) == 1) delete this;
}

bool FeedState::write(std::string_view head, std::string_view body) {
  const std::lock_guard lock(mutex_);
  if (closed_ || rest_ != Rest::More) return false;
  const std::size_t size = head.size() + body.size();
  if (size <= options_.room.count && waiting_.size() <= options_.room.count - size) {
    waiting_.append(head).append(body);
  } else {
    if (options_.overflow == Overflow::Refuse) return false;
    rest_ = Rest::Cut;
  }
  tell_reader();
  return rest_ == Rest::More;
}

void FeedState::end() noexcept {
  const std::lock_guard lock(mutex_);
  if (closed_ || rest_ != Rest::More) return;
  rest_ = Rest::End;
  tell_reader();
}

void FeedState::cut() noexcept {
  const std::lock_guard lock(mutex_);
  if (closed_) return;
  rest_ = Rest::Cut;
  tell_reader();
}

bool FeedState::open() const noexcept {
  const std::lock_guard lock(mutex_);
  return !closed_ && rest_ == Rest::More;
}

void FeedState::on_close(Callable<void()> closed) {
  {
    const std::lock_guard lock(mutex_);
    if (!closed_) {
      std::swap(on_close_, closed);
      return;
    }
  }
  if (closed) closed();
}

// Under the lock, so that the loop is still there: it is told only as long as it reads.
void FeedState::tell_reader() noexcept {
  if (reader_ == nullptr || std::exchange(told_, true)) return;
  acquire();
  executor_->post(*this);
}

void FeedState::on_mail(loop::Mail& mail) noexcept {
  auto& state = static_cast<FeedState&>(mail);
  Reader* reader = nullptr;
  {
    const std::lock_guard lock(state.mutex_);
    state.told_ = false;
    reader = state.reader_;
  }
  // It can only be taken away by this thread.
  if (reader != nullptr) reader->feed_ready();
  state.release();
}

void FeedState::attach(loop::Executor& executor, Reader& reader) noexcept {
  const std::lock_guard lock(mutex_);
  executor_ = &executor;
  reader_ = &reader;
}

FeedState::Rest FeedState::take(std::string& room) noexcept {
  room.clear();
  const std::lock_guard lock(mutex_);
  std::swap(room, waiting_);
  return rest_;
}

bool FeedState::was_cut() const noexcept {
  const std::lock_guard lock(mutex_);
  return rest_ == Rest::Cut;
}

void FeedState::close() {
  Callable<void()> closed;
  std::string waiting;
  {
    const std::lock_guard lock(mutex_);
    if (std::exchange(closed_, true)) return;
    reader_ = nullptr;
    executor_ = nullptr;
    std::swap(waiting, waiting_);
    std::swap(closed, on_close_);
  }
  if (closed) closed();
}

void FeedEnd::hold(FeedState& state) noexcept {
  state.acquire();
  state_ = &state;
}

FeedEnd::~FeedEnd() {
  if (state_ == nullptr) return;
  try {
    state_->close();
  } catch (...) {  // NOLINT(bugprone-empty-catch): the answer was never sent, there is no exchange.
  }
  state_->release();
}

}  // namespace portico::detail

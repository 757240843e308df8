// SPDX-License-Identifier: Apache-2.0
// What was revoked before it expired: sessions, and whatever a user got before some moment. Whoever
// keeps the accounts feeds it, from any thread; loops read it with each request, by one atomic load
// of the epoch. What is denied here is denied by every loop before `deny` returns, so an answer
// that says "logged out" tells the truth.
//
// It concerns tokens of our own alone: another issuer's session or subject may bear the same name.
//
// Where nothing was heard from the store for a while, nobody knows what was revoked on other nodes:
// then `stale`, and our own tokens are answered 503.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

namespace portico::auth {

/// Since 1970.
using UnixTime = std::chrono::microseconds;

struct Denial {
  enum class What : std::uint8_t {
    Session,  ///< `name` is a session: all its tokens.
    Subject,  ///< `name` is a user: tokens that were issued before `not_before`.
  };
  What what = What::Session;
  std::string_view name{};
  UnixTime not_before{0};
  /// When the last token that this could concern has expired by itself: then it is forgotten.
  UnixTime until{0};
};

/// One state of it; never changes.
class Revoked {
 public:
  [[nodiscard]] bool denies(std::string_view session, std::string_view subject,
                            UnixTime issued) const noexcept;
  [[nodiscard]] std::size_t size() const noexcept;

 private:
  friend class Revocations;

  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept {
      return std::hash<std::string_view>()(text);
    }
  };
  struct Limit {
    UnixTime not_before{0};
    UnixTime until{0};
  };
  using Limits = std::unordered_map<std::string, Limit, TextHash, std::equal_to<>>;
  struct Lists {
    Limits sessions;
    Limits subjects;

    void add(const Denial& denial);
    void add_all_of(const Lists& others);
    void forget(UnixTime before);
    /// Whether that denial says nothing new.
    [[nodiscard]] bool covers(const Denial& denial) const noexcept;
    [[nodiscard]] bool denies(std::string_view session, std::string_view subject,
                              UnixTime issued) const noexcept;
    [[nodiscard]] std::size_t size() const noexcept { return sessions.size() + subjects.size(); }
  };

  std::shared_ptr<const Lists> settled_ = std::make_shared<Lists>();  // Shared by many states.
  Lists recent_;  // Few, so that one more costs the copy of few.

  [[nodiscard]] bool covers(const Denial& denial) const noexcept {
    return recent_.covers(denial) || settled_->covers(denial);
  }
  /// Once they are many.
  void settle(UnixTime now);
};

class Revocations {
 public:
  explicit Revocations(std::chrono::nanoseconds staleness) noexcept
      : staleness_(staleness.count()) {}
  Revocations(const Revocations&) = delete;
  Revocations& operator=(const Revocations&) = delete;

  /// `now` is what `Host::unix_time` says: what has expired by itself is forgotten. What is denied
  /// already costs no loop anything: a poll says the same again and again.
  void deny(std::span<const Denial> denials, UnixTime now);
  void deny(const Denial& denial, UnixTime now) { deny({&denial, 1}, now); }
  /// All that the store knows was heard at this moment of `Host::now`: a poll or a push came.
  /// Before the first call nothing is ever stale: there is no store.
  void heard(std::chrono::nanoseconds now) noexcept;
  /// After how much silence they are stale, from now on.
  void expect_word_within(std::chrono::nanoseconds staleness) noexcept {
    staleness_.store(staleness.count(), std::memory_order_relaxed);
  }
  [[nodiscard]] bool stale(std::chrono::nanoseconds now) const noexcept;

  /// Rises whenever something new was denied, once the state says so.
  [[nodiscard]] std::uint64_t epoch() const noexcept {
    return epoch_.load(std::memory_order_acquire);
  }
  /// Takes a lock: for who saw a new epoch.
  [[nodiscard]] std::shared_ptr<const Revoked> state() const;

 private:
  std::atomic<std::int64_t> staleness_;
  std::atomic<std::uint64_t> epoch_{1};
  std::atomic<std::int64_t> heard_{Never};
  static constexpr std::int64_t Never = INT64_MIN;
  mutable std::mutex mutex_;
  std::shared_ptr<const Revoked> state_ = std::make_shared<Revoked>();  // Read on many loops.
};

}  // namespace portico::auth

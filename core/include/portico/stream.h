// SPDX-License-Identifier: Apache-2.0
// Answers that stay open. The maker of a feed writes to it from any thread, for as long as it
// likes; no worker is held meanwhile. Every feed is bounded: a client that does not keep up costs
// so much memory and no more.
//
//   r.route("GET", "/prices", [this](Request&) {
//     Events events;
//     subscribers_.add(events);  // ... and later, on any thread: events.send(json, "price");
//     return events.response();
//   });
//
// A feed closes when its client goes, when it was ended and all of it has been sent, when the
// server stops, or when its answer was never sent (HEAD; a middleware that answered otherwise). A
// route's `timeouts.total` ends with the head of such an answer.
#pragma once

#include <portico/api.h>
#include <portico/callable.h>
#include <portico/http.h>
#include <portico/units.h>

#include <cstdint>
#include <string_view>
#include <utility>

namespace portico {

namespace detail {
class FeedState;
}

/// What becomes of bytes for which there is no room, because the client is too slow.
enum class Overflow : std::uint8_t {
  Refuse,  ///< `write` says false, and they are not sent. The feed goes on.
  Cut,     ///< The client's connection is cut; it may come again and begin anew.
};

struct FeedOptions {
  std::uint32_t size = sizeof(FeedOptions);
  Overflow overflow = Overflow::Refuse;
  Bytes room{256 * 1024};  ///< So much may wait for the client, beside what its socket holds.
};

/// The writing end of an answer that stays open. A handle: copies name the same feed. Every
/// function may be called on any thread, also when the feed has long been closed.
class PORTICO_API Feed {
 public:
  explicit Feed(const FeedOptions& options = {});
  Feed(const Feed& other) noexcept;
  Feed(Feed&& other) noexcept : state_(std::exchange(other.state_, nullptr)) {}
  Feed& operator=(Feed other) noexcept {
    std::swap(state_, other.state_);
    return *this;
  }
  ~Feed();

  /// Copies the bytes: all of them, or none. False when the feed is closed or has no room.
  bool write(std::string_view bytes) const;  // NOLINT(modernize-use-nodiscard): often nothing to do
  /// The answer is complete with what was written so far.
  void end() const noexcept;
  /// Whether `write` makes sense.
  [[nodiscard]] bool open() const noexcept;
  /// Runs once, when the feed is closed; at once when it is already. On a loop, so it must not
  /// block. A second call replaces the function of the first.
  void on_close(Callable<void()> closed) const;

 private:
  friend class detail::FeedState;
  detail::FeedState* state_;
};

/// An answer with this feed as its body. A feed serves one answer.
PORTICO_API Response stream(const Feed& feed, std::string_view content_type);

/// Server-Sent Events: a feed of messages, as browsers' EventSource reads it.
class PORTICO_API Events {
 public:
  explicit Events(const FeedOptions& options = {}) : feed_(options) {}

  /// One event; `data` may have many lines. Line breaks in the name and in the id end them. False
  /// when it will not be sent.
  bool send(std::string_view data, std::string_view event = {}, std::string_view id = {}) const;
  /// What readers ignore; for proxies that cut silent connections.
  bool keep_alive() const;
  void end() const noexcept { feed_.end(); }
  [[nodiscard]] bool open() const noexcept { return feed_.open(); }
  void on_close(Callable<void()> closed) const { feed_.on_close(std::move(closed)); }

  /// The answer that carries them: 200, and not to be cached.
  [[nodiscard]] Response response() const;

 private:
  Feed feed_;
};

}  // namespace portico

// SPDX-License-Identifier: Apache-2.0
// A Redis of the file's `redis`, by its name there. From a middleware one asks and waits on the
// loop, without a thread; from a handler one calls and waits:
//
//   Counting(const Config&, Host& host) : redis_(host.redis("shared")) {}
//
//   Flow on_request(Request& request) {                                   // a middleware
//     return await(redis_.ask(request, {"INCR", "hits"}), [](Request&, const RedisReply& reply) {
//       if (reply.away()) return reply_503();
//       ...
//   const RedisReply reply = redis_.call({"GET", "motd"});                // a handler
//
// Each loop has a connection of its own; what is asked in one turn of it leaves together. A reply
// always comes, within the file's `timeout`: while Redis is not there, every command is answered
// `away` at once, so that a dead Redis costs no time. Words are bytes: any of them may be binary.
//
// A command that was given up may have been executed. None is sent twice, but for a script that
// Redis did not know.
#pragma once

#include <portico/api.h>
#include <portico/callable.h>
#include <portico/flow.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace portico {

namespace detail {
struct RedisNode;
class RedisAccess;
struct RedisScriptState;
}  // namespace detail

/// One value of a reply. Valid as long as the `RedisReply` that it is of.
class PORTICO_API RedisValue {
 public:
  enum class Kind : std::uint8_t {
    Nothing,  ///< There is no such key.
    Integer,
    Text,
    List,
    Error,  ///< Redis refused; `text` is what it said.
    Away,   ///< There was no answer; `text` says why.
  };

  [[nodiscard]] Kind kind() const noexcept;
  /// An integer, or a text that is one in decimal.
  [[nodiscard]] std::optional<std::int64_t> integer() const noexcept;
  /// Of Text, Error and Away; else empty.
  [[nodiscard]] std::string_view text() const noexcept;
  /// Of a List; else 0.
  [[nodiscard]] std::size_t size() const noexcept;
  /// Of a List. Past its end, and of anything else: Nothing.
  [[nodiscard]] RedisValue operator[](std::size_t index) const noexcept;

  [[nodiscard]] bool away() const noexcept { return kind() == Kind::Away; }
  /// There is an answer, and it is no error.
  [[nodiscard]] bool ok() const noexcept { return kind() < Kind::Error; }

 protected:
  friend class detail::RedisAccess;
  explicit RedisValue(const detail::RedisNode* node) noexcept : node_(node) {}

  const detail::RedisNode* node_;
};

/// What came of a command. Owns its values; in a middleware they are in the request's memory.
class PORTICO_API RedisReply : public RedisValue {
 public:
  RedisReply(RedisReply&& other) noexcept;
  RedisReply& operator=(RedisReply&& other) noexcept {
    std::swap(node_, other.node_);
    return *this;
  }
  ~RedisReply();

  // For tests, which answer in the place of Redis.
  [[nodiscard]] static RedisReply none();
  [[nodiscard]] static RedisReply of(std::int64_t value);
  [[nodiscard]] static RedisReply of(std::string_view bytes);
  [[nodiscard]] static RedisReply of(std::vector<RedisReply> items);
  [[nodiscard]] static RedisReply refused(std::string_view sentence);
  [[nodiscard]] static RedisReply lost(std::string_view why);

 private:
  friend class detail::RedisAccess;
  explicit RedisReply(const detail::RedisNode* node) noexcept : RedisValue(node) {}
};

/// A Lua script. Sent by its SHA-1; by its text where Redis does not know it, which happens by
/// itself. Must outlive what is asked with it: best a member of the plugin.
class PORTICO_API RedisScript {
 public:
  explicit RedisScript(std::string_view text);
  RedisScript(const RedisScript&) = delete;
  RedisScript& operator=(const RedisScript&) = delete;
  ~RedisScript();

  [[nodiscard]] std::string_view text() const noexcept;
  /// In hexadecimal, 40 digits.
  [[nodiscard]] std::string_view sha1() const noexcept;

 private:
  friend class detail::RedisAccess;
  detail::RedisScriptState* state_;
};

class PORTICO_API Redis {
 public:
  using Words = std::span<const std::string_view>;
  using GivenWords = std::initializer_list<std::string_view>;
  using Time = std::chrono::milliseconds;

  /// One command, for `await`. In a middleware. The words are copied.
  [[nodiscard]] Operation<RedisReply> ask(Request& request, Words words);
  [[nodiscard]] Operation<RedisReply> ask(Request& request, GivenWords words) {
    return ask(request, Words(words.begin(), words.size()));
  }
  /// The script, with KEYS and ARGV.
  [[nodiscard]] Operation<RedisReply> run(Request& request, const RedisScript& script, Words keys,
                                          Words arguments);
  [[nodiscard]] Operation<RedisReply> run(Request& request, const RedisScript& script,
                                          GivenWords keys, GivenWords arguments) {
    return run(request, script, Words(keys.begin(), keys.size()),
               Words(arguments.begin(), arguments.size()));
  }

  /// The same, and waits for the reply: in a handler, a job, a tick; from `start` on. Not on a
  /// loop, nor in what `send` and `subscribe` call. `patience`: zero is the file's `timeout`.
  [[nodiscard]] RedisReply call(Words words, Time patience = Time(0));
  [[nodiscard]] RedisReply call(GivenWords words, Time patience = Time(0)) {
    return call(Words(words.begin(), words.size()), patience);
  }
  [[nodiscard]] RedisReply call(const RedisScript& script, Words keys, Words arguments,
                                Time patience = Time(0));
  [[nodiscard]] RedisReply call(const RedisScript& script, GivenWords keys, GivenWords arguments,
                                Time patience = Time(0)) {
    return call(script, Words(keys.begin(), keys.size()),
                Words(arguments.begin(), arguments.size()), patience);
  }

  /// The same from any thread, a loop's too, and nobody waits. `done` is called once, on a thread
  /// that is for such things, and must not block; not at all any more once `retire` has begun.
  void send(Words words, Callable<void(const RedisReply&)> done = {});
  void send(GivenWords words, Callable<void(const RedisReply&)> done = {}) {
    send(Words(words.begin(), words.size()), std::move(done));
  }
  /// To whoever subscribes now: Redis keeps no message.
  void publish(std::string_view channel, std::string_view message) {
    send({"PUBLISH", channel, message});
  }
  /// `heard` gets each message of the channel, from `start` until `retire`, on the thread of
  /// `send`. What was published while Redis was away is lost: `joined` is called whenever the
  /// subscription has come to stand, the first time and after each loss.
  void subscribe(std::string_view channel, Callable<void(std::string_view message)> heard,
                 Callable<void()> joined = {});

  /// Whether it answered when it was last heard of. For reports; commands find out for themselves.
  [[nodiscard]] bool connected() const noexcept;
  /// The file's `timeout`.
  [[nodiscard]] Time timeout() const noexcept;

  Redis(const Redis&) = delete;
  Redis& operator=(const Redis&) = delete;

 protected:
  Redis() noexcept = default;
  ~Redis() = default;
};

}  // namespace portico

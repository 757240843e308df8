// SPDX-License-Identifier: Apache-2.0
// What core lends to a plugin. One `Host` belongs to one plugin instance and lives longer than it
// does. Every function may be called on any thread unless it says otherwise.
#pragma once

#include <portico/api.h>
#include <portico/callable.h>
#include <portico/events.h>
#include <portico/metrics.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace portico {

class Jobs;
class Redis;
class Sql;
class Transaction;
class Upstream;
struct UpstreamOptions;
struct Fetch;
struct Fetched;
struct Resolved;
enum class Record : std::uint8_t;

enum class Level : std::uint8_t { Debug, Info, Warning, Error };

class PORTICO_API Host {
 public:
  /// Wall-clock time in microseconds since 1970, and a clock that never goes back. Both are the
  /// test's in a test.
  [[nodiscard]] std::chrono::microseconds unix_time() const noexcept;
  [[nodiscard]] std::chrono::nanoseconds now() const noexcept;

  /// Fills `out` from the system's cryptographic generator.
  void random(std::span<std::byte> out) const;
  /// A name for what is made, as records need one: a UUID of version 7, in small letters. Each is
  /// greater than all that this process made before it, and 62 of its bits are by chance.
  [[nodiscard]] std::string new_id();

  // Under the gateway's `secret`, which all of its nodes share; each plugin for itself. From
  // `start` on, and in commands. They throw std::runtime_error where there is no secret that lasts:
  // what was sealed then could never be read again.
  /// Encrypts a text so that it can be kept where others may read it: in a database, with a client.
  /// Base64url, four thirds as long and 39 characters more. `purpose` is a word or two of yours,
  /// and belongs to the text: under another it does not open.
  [[nodiscard]] std::string seal(std::string_view purpose, std::string_view plain) const;
  /// The text; nothing for one that was changed, or not sealed by this plugin, for that purpose and
  /// with this secret.
  [[nodiscard]] std::optional<std::string> unseal(std::string_view purpose,
                                                  std::string_view sealed) const;
  /// Fills `out`, of 1 to 8160 bytes, with a key that nobody finds out who lacks the secret; always
  /// the same one for that purpose. `seal` never uses it.
  void derive_key(std::string_view purpose, std::span<std::byte> out) const;

  /// One log line, with the plugin's name. Control characters are escaped. Never blocks.
  void log(Level level, std::string_view message) const noexcept;

  /// The counter `<plugin>_<name>`; the same one for the same name, across reloads.
  [[nodiscard]] Counter& counter(std::string_view name, std::string_view help);
  // The same with labels, and for what is no count. They throw std::invalid_argument for names that
  // a scraper would refuse, and when there is a metric of another kind under this one.
  [[nodiscard]] Counter& counter(std::string_view name, std::string_view help, MetricLabels labels);
  [[nodiscard]] Gauge& gauge(std::string_view name, std::string_view help,
                             MetricLabels labels = {});
  /// `bounds` ascend, 64 at most; without any, those of durations in seconds from 0.5 ms to 10 s.
  [[nodiscard]] Histogram& histogram(std::string_view name, std::string_view help,
                                     std::span<const double> bounds = {}, MetricLabels labels = {});

  /// A value that outlives this generation: made once, found again by every later instance of the
  /// plugin (same key, same type). For what a reload must not lose; let go of when the last
  /// instance of the plugin is gone. Not to be called on a loop.
  template <class T, class Make>
  [[nodiscard]] std::shared_ptr<T> keep(std::string_view key, Make make) {
    return std::static_pointer_cast<T>(keep_any(
        key, sizeof(T), [&make]() -> std::shared_ptr<void> { return std::shared_ptr<T>(make()); }));
  }

  /// The service that another plugin provides under this versioned name ("identity/1"). From
  /// `setup` on, `require` says who needs what: when no loaded plugin provides it, nothing starts.
  /// The reference stays valid as long as this instance.
  template <class T>
  class Service {
   public:
    explicit Service(void* const* slot) noexcept : slot_(slot) {}
    /// Requires that `start` has begun.
    [[nodiscard]] T& operator*() const noexcept { return *static_cast<T*>(*slot_); }
    [[nodiscard]] T* operator->() const noexcept { return static_cast<T*>(*slot_); }

   private:
    void* const* slot_;
  };
  template <class T>
  [[nodiscard]] Service<T> require(std::string_view versioned_name) {
    return Service<T>(require_any(versioned_name, true));
  }
  /// The same, but null when nobody provides it: test with `find<T>(...).operator->()` after
  /// `start`.
  template <class T>
  [[nodiscard]] Service<T> find(std::string_view versioned_name) {
    return Service<T>(require_any(versioned_name, false));
  }

  /// A new upstream (upstream.h), without endpoints yet, that lives as long as this instance.
  /// Before the end of `start`. Throws std::runtime_error where a file of its TLS is no good.
  [[nodiscard]] Upstream& upstream(const UpstreamOptions& options);

  /// The Redis under that name in the file's `redis` (redis.h); without a name, the only one. Valid
  /// as long as this instance. Best in the constructor, and before the end of `start`: where the
  /// file has none of that name it throws std::runtime_error with what to write, and is refused.
  [[nodiscard]] Redis& redis(std::string_view name = {});

  /// The same for the file's `databases` (sql.h). From `start` on it is too late for its tables.
  [[nodiscard]] Sql& sql(std::string_view name = {});

  /// The plugin's work that is done later, and the events that must not be lost, in that database
  /// (jobs.h). Valid as long as this instance.
  [[nodiscard]] Jobs& jobs(std::string_view database = {});

  /// Sends a request of the gateway's own (fetch.h). `done` is called once, on a thread that is for
  /// such things, and must not block; not at all any more once `retire` has begun. Not before
  /// `start`.
  void fetch(const Fetch& order, Callable<void(const Fetched&)> done);
  /// The same, and waits for it. Not on a loop.
  [[nodiscard]] Fetched fetch(const Fetch& order);
  /// Asks the name service; `told` as `fetch` does.
  void resolve(std::string_view name, Record kind, Callable<void(const Resolved&)> told);

  /// Publishes an event (events.h): "upstream.down". Words of small letters, digits and '_', joined
  /// by dots. Never waits for those who listen.
  void publish(std::string_view event, std::initializer_list<EventField> data = {});
  /// The same for what must not be lost: written into core's table `portico_outbox` by this
  /// transaction, with all else that it does or not at all. From there `Jobs::on` is told at least
  /// once, in the order of writing for events of one key ("" where the order means nothing); who
  /// listens is not. Throws as `change` does.
  void publish(Transaction& within, std::string_view event, std::string_view key,
               std::initializer_list<EventField> data = {});
  /// Is told of the events of that name, or of all that begin so: "upstream.*", "*". Best in
  /// `start`; from then on until `retire`, one at a time, on a thread of its own.
  void listen(std::string_view pattern, Callable<void(const Event&)> told);

  /// Runs `tick` every `interval` on a background thread, from `start` until `retire`.
  void every(std::chrono::milliseconds interval, Callable<void()> tick);

  /// While a middleware or terminal is being made: the place of the file that it is made for, as
  /// "use" or "POST /login", with "#2" for the second of its kind there. It stays the same when
  /// other places come and go. Empty otherwise.
  [[nodiscard]] std::string_view place() const noexcept;

  /// Where the plugin's own routes are: "/auth"; empty at the root.
  [[nodiscard]] std::string_view mount() const noexcept;
  /// Whether the file says `environment: development`: what is of use to nobody but a developer is
  /// refused elsewhere.
  [[nodiscard]] bool in_development() const noexcept;

  /// The plugin's folder for files of its own, below the state directory. Made on first use.
  [[nodiscard]] std::string state_directory() const;

  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;

 protected:
  Host() noexcept = default;
  ~Host() = default;

 private:
  [[nodiscard]] std::shared_ptr<void> keep_any(std::string_view key, std::size_t size,
                                               Callable<std::shared_ptr<void>()> make);
  [[nodiscard]] void* const* require_any(std::string_view versioned_name, bool needed);
};

}  // namespace portico

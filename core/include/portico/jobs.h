// SPDX-License-Identifier: Apache-2.0
// Work that is done later, apart from the request that asked for it. A job is a row of core's table
// `portico_jobs`, written with all else that a transaction does or not at all, and done at least
// once by a node that serves the plugin: after a crash another one does it again.
//
//   Exports(const Config&, Host& host) : sql_(host.sql("main")), jobs_(host.jobs("main")) {}
//   void start() override {
//     jobs_.handle("export", {.threads = 2}, [this](Job job) {
//       write_file(job.payload());  // What it throws: the job is tried again, later.
//       job.done();
//     });
//   }
//   ...
//   sql_.write([&](Transaction& db) { jobs_.enqueue(db, {.kind = "export", .payload = json}); });
//
// The same thread of work tells of what was published within a transaction (Host::publish): `on`.
#pragma once

#include <portico/api.h>
#include <portico/callable.h>
#include <portico/events.h>
#include <portico/schema.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace portico {

class Transaction;

namespace detail {
struct JobState;
PORTICO_API void bind_text(std::string_view json, const ObjectSchema& schema, void* object);
}  // namespace detail

/// JSON of one's own as that type. Throws std::invalid_argument with what does not fit.
template <Described T>
[[nodiscard]] T from_json(std::string_view json) {
  T value;
  detail::bind_text(json, detail::schema_of<T>(), &value);
  return value;
}

enum class JobPriority : std::uint8_t { High, Normal, Low };

/// What is to be done.
struct JobOrder {
  std::uint32_t size = sizeof(JobOrder);
  std::string_view kind;            ///< "export": small letters, digits and '_'.
  std::string_view payload = "{}";  ///< A JSON object, for the handler.
  /// Jobs of one kind and key are done one after the other, in the order of writing. Empty: it
  /// means nothing.
  std::string_view key{};
  /// While a job of that kind with the same text is not done, no second one is taken. Empty: any
  /// number.
  std::string_view unique{};
  std::chrono::microseconds at{0};  ///< Since 1970: not before. 0: now.
  JobPriority priority = JobPriority::Normal;
};

/// How jobs of a kind are done on each node.
struct JobPolicy {
  std::uint32_t size = sizeof(JobPolicy);
  std::uint32_t threads = 4;  ///< So many call the handler.
  /// So many jobs may be taken and not be over: those that wait for a thread, and those whose
  /// handler has returned and kept the job. 0: four for each thread.
  std::uint32_t under_way = 0;
  std::uint32_t attempts = 25;  ///< Then it is dead.
  /// After the first attempt, the second, and so on; the last one repeats. A pause by chance
  /// between none and this. Empty: from seconds to hours, as the fourth power of the attempt.
  std::vector<std::chrono::milliseconds> pauses{};
  /// A node that is not heard of for so long has lost the job. Held jobs are told of in time.
  std::chrono::seconds lease{60};
};

/// One attempt at a job. Whoever holds it says what became of it, once, on any thread; one that
/// goes without a word is tried again.
class PORTICO_API Job {
 public:
  explicit Job(detail::JobState* state) noexcept : state_(state) {}
  Job(Job&& other) noexcept : state_(std::exchange(other.state_, nullptr)) {}
  Job& operator=(Job&& other) noexcept {
    std::swap(state_, other.state_);
    return *this;
  }
  ~Job();

  [[nodiscard]] std::string_view id() const noexcept;
  [[nodiscard]] std::string_view payload() const noexcept;
  /// Its payload as that type. Throws std::invalid_argument.
  template <Described T>
  [[nodiscard]] T payload_as() const {
    return from_json<T>(payload());
  }
  /// From 1. One that was lost with its node counts too.
  [[nodiscard]] std::uint32_t attempt() const noexcept;
  /// Whether `retry` would be the end of it.
  [[nodiscard]] bool last() const noexcept;

  // `result` is for `settled`.
  void done(std::string_view result = {}) noexcept;
  /// Later: after that time, or else as the policy says. The last attempt is dead instead.
  void retry(std::string_view why, std::optional<std::chrono::milliseconds> after = std::nullopt,
             std::string_view result = {}) noexcept;
  /// It will never go well: dead.
  void fail(std::string_view why, std::string_view result = {}) noexcept;
  /// It was not its turn: later, and this was no attempt.
  void postpone(std::chrono::milliseconds time) noexcept;

 private:
  detail::JobState* state_;
};

enum class JobEnd : std::uint8_t {
  Done,
  Again,  ///< It will be tried again at `next`.
  Dead,
};

/// What became of an attempt, and is being written.
struct JobReport {
  std::uint32_t size = sizeof(JobReport);
  JobEnd end{};
  std::string_view id;
  std::string_view payload;
  std::string_view result;
  std::string_view error;
  std::uint32_t attempt = 0;
  std::chrono::microseconds next{0};
};

/// The jobs of one plugin in one database. Any thread that may block.
class PORTICO_API Jobs {
 public:
  using Settled = Callable<void(Transaction&, std::span<const JobReport>)>;

  /// Writes one. Returns its id; nothing where one with its `unique` waits already. Who does it is
  /// told when the transaction is committed.
  std::optional<std::string> enqueue(Transaction& within, const JobOrder& order);
  /// The same for many, of one kind, in one statement; none of them `unique`. Returns their ids.
  std::vector<std::string> enqueue(Transaction& within, std::span<const JobOrder> orders);
  /// Takes it out; false when it is under way, over, or none of this plugin.
  bool cancel(Transaction& within, std::string_view id);
  /// A dead one is tried again, from the first attempt; false when it is none.
  bool revive(Transaction& within, std::string_view id);

  /// Does the jobs of that kind, from `start` until `retire`: best in `start`. What `work` throws
  /// makes a `retry`. `settled` is called within the transaction that writes what became of some of
  /// them, so that rows of one's own say the same; it changes nothing but the database.
  void handle(std::string_view kind, const JobPolicy& policy, Callable<void(Job)> work,
              Settled settled = {});

  /// Nothing of that kind is begun on this node for so long: what it takes is away. What was taken
  /// already is still handed out.
  void rest(std::string_view kind, std::chrono::milliseconds time);

  /// Is told of the events that were published within a transaction: of that name, or of all that
  /// begin so ("auth.*", "*"). At least once; those of one key in the order of writing, one after
  /// the other. `told` writes within the transaction that puts the event away, so what it does
  /// there happens once. When it throws, the event comes again, later, and after twenty times no
  /// more. While no node of all is told of an event, it waits, and goes after a week. Best in
  /// `start`; until `retire`.
  void on(std::string_view pattern, Callable<void(Transaction&, const Event&)> told);

  Jobs(const Jobs&) = delete;
  Jobs& operator=(const Jobs&) = delete;

 protected:
  Jobs() noexcept = default;
  ~Jobs() = default;
};

}  // namespace portico

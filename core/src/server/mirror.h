// SPDX-License-Identifier: Apache-2.0
// A copy of a request, for an upstream whose answer nobody wants. It is filled while the request's
// body goes by and sent once that has come whole; from then on it looks after itself, and the
// client's request knows nothing of it. It keeps the edition that the request is served by, since
// the upstream's policy is that edition's plugin's.
#pragma once

#include "base/arena.h"
#include "http/request_state.h"
#include "loop/loop.h"
#include "loop/output.h"
#include "upstream/call.h"
#include <portico/flow.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace portico::server {

class Lane;
class Mirror;  // NOLINT(cppcoreguidelines-virtual-class-destructor): its definition is final.
struct Served;

/// Those of one lane. For its thread.
class Mirrors {
 public:
  explicit Mirrors(Lane& lane) noexcept : lane_(lane) {}
  Mirrors(const Mirrors&) = delete;
  Mirrors& operator=(const Mirrors&) = delete;
  ~Mirrors() { cut(); }

  /// A copy of this request for `target.mirror`, to be ended by `send` or `drop`. Null when as many
  /// are under way as may be, and when there is no memory.
  [[nodiscard]] Mirror* begin(const upstream::Question& question, const Target& target,
                              Served& served) noexcept;
  /// Ends them all.
  void cut() noexcept;

 private:
  friend class Mirror;
  void take_back(Mirror& mirror) noexcept;

  static constexpr std::size_t SpareMirrors = 16;

  Lane& lane_;
  std::vector<std::unique_ptr<Mirror>> under_way_;
  std::vector<std::unique_ptr<Mirror>> spare_;
};

class Mirror final : upstream::Caller, loop::Task {
 public:
  explicit Mirror(Lane& lane);
  Mirror(const Mirror&) = delete;
  Mirror& operator=(const Mirror&) = delete;
  ~Mirror();

  /// More of the body, copied. False: it is larger than it may be, and the mirror has ended.
  [[nodiscard]] bool add(std::string_view bytes) noexcept;
  /// The body is whole. The mirror is not the caller's any more.
  void send() noexcept;
  /// It will not be sent.
  void drop() noexcept;

 private:
  friend class Mirrors;

  /// Of an answer that nobody reads: a larger one costs less as a new connection.
  static constexpr std::size_t MostRead = std::size_t{256} * 1024;

  void fill(const upstream::Question& question, const Target& target, Served& served);
  void call_moved() noexcept override;
  static void on_task(loop::Task& task) noexcept;
  /// False when it has ended.
  [[nodiscard]] bool go_on();
  void feed();
  [[nodiscard]] bool read_on();
  void end() noexcept;

  Lane& lane_;
  base::Arena arena_;
  http::RequestState request_{arena_};
  loop::Output body_;
  std::size_t most_body_ = 0;
  std::size_t read_ = 0;  // Of the answer's body.
  upstream::Question question_;
  detail::UpstreamState* group_ = nullptr;  // Kept by `served_`.
  Served* served_ = nullptr;
  upstream::Call* call_ = nullptr;  // Once it is sent.
  bool given_ = false;              // The body, to the call.
};

}  // namespace portico::server

// SPDX-License-Identifier: Apache-2.0
// The thread of the stop-gap server: listeners, connections, timers and mail over one poll(2).
#pragma once

#include "loop/inbox.h"
#include "loop/wakeup.h"
#include "pipeline/engine.h"
#include "stopgap/connection.h"
#include "stopgap/server.h"
#include "stopgap/socket.h"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include <poll.h>

namespace portico::stopgap {

class Loop final : public pipeline::Engine, public Surroundings {
 public:
  using Time = std::chrono::nanoseconds;

  Loop(Options options, const Parts& parts, std::shared_ptr<const Application> application);
  ~Loop() override;

  /// Before `run`. Throws std::system_error.
  void listen();
  [[nodiscard]] std::uint16_t port(std::size_t listener) const { return ports_.at(listener); }
  /// Until drained.
  void run();

  // From any thread.
  void replace(std::shared_ptr<const Application> application);
  void drain(std::chrono::milliseconds patience);
  [[nodiscard]] std::size_t connections() const noexcept { return open_.load(); }
  /// Once `run` has returned: nobody was cut off.
  [[nodiscard]] bool graceful() const noexcept { return graceful_; }

  void post(pipeline::Mail& mail) noexcept override;
  void arm(pipeline::Timer& timer) noexcept override;
  void disarm(pipeline::Timer& timer) noexcept override;
  [[nodiscard]] const base::Clock& clock() const noexcept override { return parts_.clock; }

 private:
  enum class Stage : std::uint8_t { Serving, Draining, GivingUp, Cutting };

  pipeline::Engine& engine() noexcept override { return *this; }
  [[nodiscard]] const Options& options() const noexcept override { return options_; }
  [[nodiscard]] const Parts& parts() const noexcept override { return parts_; }
  [[nodiscard]] std::shared_ptr<const Application> application() const override;

  void wait();
  void deliver_mail() noexcept;
  void fire_timers(Time now) noexcept;
  [[nodiscard]] pipeline::Timer* due_timer(Time now) const noexcept;
  [[nodiscard]] int patience(Time now) const noexcept;
  void accept_all(std::size_t listener);
  void add(Accepted accepted, const Listener& listener);
  void sweep();
  void begin_drain(Time until);
  void go_on_draining(Time now);

  const Options options_;
  const Parts parts_;
  std::vector<ListeningSocket> listeners_;
  std::vector<std::uint16_t> ports_;
  std::vector<std::unique_ptr<Connection>> connections_;
  std::unordered_map<std::string, std::size_t> per_client_;
  std::vector<pollfd> polled_;
  std::atomic<std::size_t> open_{0};
  Time accept_again_{0};  // After the process ran out of descriptors.

  pipeline::Timer timers_;  // Head of the ring of armed ones.
  loop::Inbox inbox_;

  loop::Wakeup mail_wakeup_;
  std::mutex mail_mutex_;
  pipeline::Mail* first_mail_ = nullptr;
  pipeline::Mail* last_mail_ = nullptr;

  mutable std::mutex application_mutex_;
  std::shared_ptr<const Application> application_;

  Stage stage_ = Stage::Serving;
  Time next_stage_{0};
  bool graceful_ = true;
};

}  // namespace portico::stopgap

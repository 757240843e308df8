// SPDX-License-Identifier: Apache-2.0
#include "stopgap/server.h"

#include "stopgap/loop.h"

#include <utility>

#include <pthread.h>
#include <signal.h>

namespace portico::stopgap {

Application::~Application() = default;

Server::Server(Options options, const Parts& parts, std::shared_ptr<const Application> application)
    : loop_(std::make_unique<Loop>(std::move(options), parts, std::move(application))) {}

Server::~Server() { stop(); }

void Server::start() {
  loop_->listen();
  // Signals belong to the thread that waits for them.
  sigset_t all;
  sigset_t before;
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &before);
  thread_ = std::thread([this] { loop_->run(); });
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  ::pthread_setname_np(thread_.native_handle(), "portico-loop");
}

std::uint16_t Server::port(std::size_t listener) const { return loop_->port(listener); }

void Server::replace(std::shared_ptr<const Application> application) {
  loop_->replace(std::move(application));
}

bool Server::drain(std::chrono::milliseconds patience) {
  if (!thread_.joinable()) return true;
  loop_->drain(patience);
  thread_.join();
  return loop_->graceful();
}

std::size_t Server::connections() const noexcept { return loop_->connections(); }

}  // namespace portico::stopgap

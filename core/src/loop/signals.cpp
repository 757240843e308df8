// SPDX-License-Identifier: Apache-2.0
#include "loop/signals.h"

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace portico::loop {
namespace {

[[nodiscard]] sigset_t handled_signals() {
  sigset_t set;
  ::sigemptyset(&set);
  for (const int signal : {SIGINT, SIGTERM, SIGQUIT, SIGHUP, SIGUSR1, SIGUSR2}) {
    ::sigaddset(&set, signal);
  }
  return set;
}

void call(const Callable<void()>& handler) {
  if (handler) handler();
}

}  // namespace

void block_signals() {
  const sigset_t set = handled_signals();
  if (const int error = ::pthread_sigmask(SIG_BLOCK, &set, nullptr); error != 0) {
    throw std::system_error(error, std::generic_category(), "pthread_sigmask");
  }
  // A peer that hangs up is an error of that write, not the end of the process.
  if (::signal(SIGPIPE, SIG_IGN) == SIG_ERR) {
    throw std::system_error(errno, std::generic_category(), "signal");
  }
}

Signals::Signals(SignalHandlers handlers) : handlers_(std::move(handlers)) {
  const sigset_t set = handled_signals();
  descriptor_ = ::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
  if (descriptor_ < 0) throw std::system_error(errno, std::generic_category(), "signalfd");
}

Signals::~Signals() { ::close(descriptor_); }

void Signals::run() {
  std::array<pollfd, 2> waits{{{descriptor_, POLLIN, 0}, {wakeup_.descriptor(), POLLIN, 0}}};
  while (!stopping_.load(std::memory_order_acquire)) {
    if (::poll(waits.data(), waits.size(), -1) <= 0) continue;
    signalfd_siginfo info;
    if (::read(descriptor_, &info, sizeof info) == sizeof info) {
      handle(static_cast<int>(info.ssi_signo));
    }
  }
}

void Signals::stop() noexcept {
  stopping_.store(true, std::memory_order_release);
  wakeup_.signal();
}

void Signals::handle(int signal) {
  switch (signal) {
    case SIGHUP: return call(handlers_.reload);
    case SIGUSR1: return call(handlers_.reopen_logs);
    case SIGUSR2: return call(handlers_.upgrade);
    default: break;
  }
  if (!std::exchange(terminating_, true)) return call(handlers_.terminate);
  if (handlers_.end_at_once) return handlers_.end_at_once(signal);
  ::_exit(128 + signal);
}

}  // namespace portico::loop

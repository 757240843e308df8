// SPDX-License-Identifier: Apache-2.0
#include "loop/signals.h"

#include <cerrno>
#include <system_error>
#include <utility>

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

Signals::Signals(Loop& loop, SignalHandlers handlers)
    : loop_(loop), handlers_(std::move(handlers)) {
  ready = [](Watch& watch, std::uint32_t) noexcept { static_cast<Signals&>(watch).read_all(); };
  const sigset_t set = handled_signals();
  descriptor_ = ::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
  if (descriptor_ < 0) throw std::system_error(errno, std::generic_category(), "signalfd");
  if (!loop_.watch_listener(descriptor_, *this, false)) {
    const int reason = errno;
    ::close(descriptor_);
    throw std::system_error(reason, std::generic_category(), "epoll_ctl");
  }
}

Signals::~Signals() { ::close(descriptor_); }

void Signals::read_all() noexcept {
  signalfd_siginfo info;
  while (::read(descriptor_, &info, sizeof info) == sizeof info) {
    handle(static_cast<int>(info.ssi_signo));
  }
}

void Signals::handle(int signal) noexcept {
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

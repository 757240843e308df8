// SPDX-License-Identifier: Apache-2.0
#include "server/acceptor.h"

#include "server/lane.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <exception>
#include <utility>

#include <sys/socket.h>

namespace portico::server {
namespace {

using namespace std::chrono_literals;

/// In one turn, so that many newcomers do not keep the others waiting.
constexpr int AtOnce = 64;
constexpr auto Pause = 100ms;

}  // namespace

Acceptor::Acceptor(Lane& lane, Census& census, Station station)
    : lane_(lane), census_(census), station_(std::move(station)) {
  ready = [](loop::Watch& watch, std::uint32_t) noexcept {
    static_cast<Acceptor&>(watch).accept_some();
  };
  fire = [](loop::Timer& timer) noexcept { static_cast<Acceptor&>(timer).resume(); };
  resume();
}

Acceptor::~Acceptor() { let_go(); }

void Acceptor::change(Station station) noexcept {
  const bool again = station.shared != station_.shared && std::exchange(watching_, false);
  if (again) lane_.loop().forget(station_.socket->descriptor());
  station_ = std::move(station);
  if (again) resume();
}

void Acceptor::stop() noexcept {
  while (watching_ && accept_one()) {
  }
  let_go();
}

void Acceptor::let_go() noexcept {
  lane_.loop().timers().disarm(*this);
  if (std::exchange(watching_, false)) lane_.loop().forget(station_.socket->descriptor());
  station_.socket.reset();
}

void Acceptor::accept_some() noexcept {
  for (int i = 0; i < AtOnce && watching_ && accept_one(); ++i) {
  }
}

bool Acceptor::accept_one() noexcept {
  if (census_.full(serves())) {
    pause(serves() == Serves::Gateway ? "as many connections as limits.connections allows are open"
                                      : "as many connections as the admin address serves are open");
    return false;
  }
  sockaddr_storage address{};
  socklen_t length = sizeof address;
  loop::Socket socket(::accept4(station_.socket->descriptor(),
                                reinterpret_cast<sockaddr*>(&address), &length,
                                SOCK_NONBLOCK | SOCK_CLOEXEC));
  if (!socket.open()) {
    const bool gone = errno == ECONNABORTED || errno == EINTR || errno == EPERM || errno == EPROTO;
    if (!gone && errno != EAGAIN) pause(std::strerror(errno));
    return gone;
  }
  told_ = false;
  try {
    lane_.welcome(std::move(socket), peer_of(address), station_);
  } catch (const std::exception&) {
    pause("no memory for a connection");
    return false;
  }
  return true;
}

void Acceptor::pause(const char* why) noexcept {
  if (!std::exchange(told_, true)) {
    const std::array fields{services::Field{"reason", why}};
    lane_.parts().log.write(Level::Warning, "core", "accepts no connections for the moment",
                            fields);
  }
  if (std::exchange(watching_, false)) lane_.loop().forget(station_.socket->descriptor());
  lane_.loop().timers().move(*this, lane_.clock().now() + Pause);
}

void Acceptor::resume() noexcept {
  watching_ = lane_.loop().watch_listener(station_.socket->descriptor(), *this, station_.shared);
  if (!watching_) pause(std::strerror(errno));
}

}  // namespace portico::server

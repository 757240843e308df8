// SPDX-License-Identifier: Apache-2.0
#include "server/door.h"

#include <algorithm>
#include <utility>

namespace portico::server {
namespace {

/// The one of `doors` that is open at this address, taken out of them.
[[nodiscard]] std::vector<Door> take(std::vector<Door>& doors, const config::ListenAddress& where) {
  std::vector<Door> taken;
  const auto found =
      std::ranges::find(doors, where, [](const Door& door) { return door.listener.where; });
  if (found == doors.end()) return taken;
  taken.push_back(std::move(*found));
  doors.erase(found);
  return taken;
}

/// What was open already is taken as it is: others may be bound to the same address, and what waits
/// in its queue must not be lost.
[[nodiscard]] Door open_door(const Listener& listener, std::size_t lanes, Neighbours neighbours,
                             InheritedSockets& inherited) {
  Door door{.listener = listener, .lock = nullptr, .sockets = {}};
  std::vector<ListeningSocket> sockets = inherited.take(listener.where);
  if (!sockets.empty()) {
    door.lock = inherited.take_lock(listener.where);
  } else {
    if (listener.where.port != 0) door.lock = std::make_shared<AddressLock>(listener.where);
    sockets = open_listener(listener.where, lanes, neighbours);
  }
  for (ListeningSocket& socket : sockets) {
    door.sockets.push_back(std::make_shared<ListeningSocket>(std::move(socket)));
  }
  return door;
}

}  // namespace

std::size_t lanes_of(const Options& options, const Listener& listener) noexcept {
  return listener.serves == Serves::Gateway ? options.lanes : 1;
}

std::vector<Door> open_doors(const Options& wanted, std::vector<Door> open,
                             InheritedSockets& inherited) {
  std::vector<Door> doors;
  // By the address alone: "0.0.0.0:80" may become "127.0.0.1:80" while it is served.
  const auto ours = [before = open](const Listener& listener) {
    return std::ranges::any_of(before, [&](const Door& door) {
      return listener.where.port != 0 && door.port() == listener.where.port;
    });
  };
  for (const Listener& listener : wanted.listeners) {
    std::vector<Door> found = take(open, listener.where);
    if (found.empty()) {
      const Neighbours neighbours = ours(listener) ? Neighbours::Ours : Neighbours::None;
      found.push_back(open_door(listener, lanes_of(wanted, listener), neighbours, inherited));
    }
    found.front().listener = listener;
    doors.push_back(std::move(found.front()));
  }
  return doors;
}

}  // namespace portico::server

// SPDX-License-Identifier: Apache-2.0
#include "server/server.h"

#include "server/lane.h"
#include "server/watchdog.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <semaphore>
#include <string>
#include <utility>

#include <pthread.h>

namespace portico::server {
namespace {

using namespace std::chrono_literals;

/// For answers of 503 to leave before their connections are cut.
constexpr auto LastWords = 1s;

/// For every lane to hear of something; one that a plugin keeps busy is not waited for.
constexpr auto Hearing = 1s;

/// Runs `work` on a lane, once. Deletes itself.
template <class Work>
struct Order : loop::Mail {
  Order(Lane& its_lane, Work its_work)
      : loop::Mail{carry_out}, lane(its_lane), work(std::move(its_work)) {}
  static void carry_out(loop::Mail& mail) noexcept {
    const std::unique_ptr<Order> order(&static_cast<Order&>(mail));
    order->work(order->lane);
  }
  Lane& lane;
  Work work;
};

}  // namespace

Application::~Application() = default;

Server::Server(Options options, const Parts& parts, Applications applications, Contexts contexts)
    : options_(std::make_shared<const Options>(std::move(options))),
      parts_(parts),
      applications_(std::move(applications)),
      contexts_(std::move(contexts)),
      census_(options_->limits.connections, options_->limits.connections_per_client),
      meter_(options_->lanes) {}

Server::~Server() { stop(); }

void Server::start(InheritedSockets inherited) {
  open(open_doors(*options_, {}, inherited));
  follow_routes(applications_);
  for (std::size_t i = 0; i < options_->lanes; ++i) {
    lanes_.push_back(std::make_unique<Lane>(parts_, census_, meter_.lane(i)));
    if (parts_.access != nullptr) lanes_.back()->log_access(parts_.access->writer(i));
  }
  const std::vector<Duty> first = duties(std::exchange(applications_, {}));
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    lanes_[i]->take_up(first[i]);
    threads_.emplace_back([&lane = *lanes_[i]] { lane.run(); });
    ::pthread_setname_np(threads_.back().native_handle(), ("lane " + std::to_string(i)).c_str());
  }
  watchdog_ = std::make_unique<Watchdog>(lanes_, parts_.clock, parts_.journal);
  for (const std::string& address : inherited.addresses()) {
    const std::array fields{services::Field{"address", address}};
    parts_.log.write(Level::Warning, "core", "a socket was handed over that no listener names",
                     fields);
  }
}

void Server::follow_routes(const Applications& applications) {
  const auto& gateway = applications[static_cast<std::size_t>(Serves::Gateway)];
  if (gateway != nullptr) meter_.follow(gateway->series());
}

void Server::expose(services::Exposition& exposition) const {
  using Type = services::Exposition::Type;
  meter_.expose(exposition);
  exposition.single("portico_connections_open", Type::Gauge, "Open connections.", connections());
  exposition.family("portico_loop_turns_total", Type::Counter,
                    "Times that each event loop woke and worked.");
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    exposition.sample({{"loop", std::to_string(i)}}, lanes_[i]->turns());
  }
}

/// Every socket gets a lane and every lane a socket: the queue of one that nobody accepts from
/// would fill for ever.
std::vector<Duty> Server::duties(const Applications& applications) const {
  std::vector<Duty> all(lanes_.size(), Duty{options_, applications, {}, nullptr});
  for (std::size_t i = 0; i < all.size(); ++i) all[i].series = meter_.table(i);
  for (std::size_t d = 0; d < doors_.size(); ++d) {
    const Door& door = doors_[d];
    const std::size_t lanes = lanes_of(*options_, door.listener);
    const std::size_t sockets = door.sockets.size();
    for (std::size_t i = 0; i < std::max(lanes, sockets); ++i) {
      all[i % lanes].stations.push_back({.listener = door.listener,
                                         .tls = d < contexts_.size() ? contexts_[d] : nullptr,
                                         .socket = door.sockets[i % sockets],
                                         .shared = sockets < lanes});
    }
  }
  return all;
}

/// Those that are gone stay open until the lanes have let go: who waits there is accepted before.
void Server::open(std::vector<Door> doors) {
  doors_ = std::move(doors);
  ports_.clear();
  std::ranges::transform(doors_, std::back_inserter(ports_), &Door::port);
}

std::uint16_t Server::port(std::size_t listener) const { return ports_.at(listener); }

template <class Work>
void Server::tell_lanes(Work work) {
  const auto heard = std::make_shared<std::counting_semaphore<>>(0);
  const auto told = [work, heard](Lane& lane) {
    work(lane);
    heard->release();
  };
  for (const auto& lane : lanes_) {
    auto order = std::make_unique<Order<decltype(told)>>(*lane, told);
    lane->post(*order.release());
  }
  const auto until = std::chrono::steady_clock::now() + Hearing;
  for (std::size_t i = 0; i < lanes_.size() && heard->try_acquire_until(until); ++i) {
  }
}

void Server::assign(const Applications& applications) {
  const auto all = std::make_shared<const std::vector<Duty>>(duties(applications));
  tell_lanes([this, all](Lane& lane) {
    const auto own = std::ranges::find(lanes_, &lane, &std::unique_ptr<Lane>::get);
    lane.take_up((*all)[static_cast<std::size_t>(own - lanes_.begin())]);
  });
}

std::vector<Door> Server::prepare(const Options& next) const {
  InheritedSockets none;
  return open_doors(next, doors_, none);
}

void Server::replace(Options options, std::vector<Door> doors, const Applications& applications,
                     Contexts contexts) {
  options_ = std::make_shared<const Options>(std::move(options));
  census_.limit(options_->limits.connections, options_->limits.connections_per_client);
  contexts_ = std::move(contexts);
  open(std::move(doors));
  follow_routes(applications);
  assign(applications);
}

void Server::renew(Contexts contexts) {
  contexts_ = std::move(contexts);
  assign({});
}

bool Server::alive(std::chrono::nanoseconds patience) const noexcept {
  const std::chrono::nanoseconds now = parts_.clock.now();
  return std::ranges::none_of(lanes_, [&](const auto& lane) {
    const std::chrono::nanoseconds since = lane->busy_since();
    return since != std::chrono::nanoseconds(0) && now - since > patience;
  });
}

bool Server::drain(std::chrono::milliseconds patience) {
  if (threads_.empty()) return true;
  doors_.clear();  // The lanes close them, each when nobody waits there any more.
  tell_lanes([](Lane& lane) { lane.drain(); });
  const bool graceful = census_.wait_empty(patience);
  tell_lanes([](Lane& lane) { lane.accept_nobody(); });
  if (!graceful) {
    tell_lanes([](Lane& lane) { lane.give_up(); });
    if (!census_.wait_empty(LastWords)) tell_lanes([](Lane& lane) { lane.cut(); });
  }
  // What a worker holds cannot be cut.
  while (!census_.wait_empty(1h)) {
  }
  watchdog_.reset();
  for (const auto& lane : lanes_) lane->stop();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
  return graceful;
}

std::vector<Belonging> Server::belongings() const {
  std::vector<Belonging> all;
  for (const Door& door : doors_) {
    for (const auto& socket : door.sockets) all.push_back(socket->belonging());
    if (door.lock) all.push_back(door.lock->belonging());
  }
  return all;
}

void Server::hand_over() {
  for (const Door& door : doors_) {
    for (const auto& socket : door.sockets) socket->leave_file();
  }
  doors_.clear();
  tell_lanes([](Lane& lane) { lane.hand_over(); });
}

void Server::own_files() noexcept {
  for (const Door& door : doors_) {
    for (const auto& socket : door.sockets) socket->own_file();
  }
}

}  // namespace portico::server

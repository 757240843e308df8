// SPDX-License-Identifier: Apache-2.0
#include "server/server.h"

#include "server/lane.h"
#include "server/watchdog.h"

#include <algorithm>
#include <array>
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
    : options_(std::move(options)),
      parts_(parts),
      applications_(std::move(applications)),
      contexts_(std::move(contexts)),
      census_(options_.limits.connections, options_.limits.connections_per_client) {}

Server::~Server() { stop(); }

std::size_t Server::lanes_of(const Listener& listener) const noexcept {
  return listener.serves == Serves::Gateway ? options_.lanes : 1;
}

/// What was open already is taken as it is: others may be bound to the same address, and what waits
/// in its queue must not be lost.
std::vector<ListeningSocket> Server::open(const Listener& listener, InheritedSockets& inherited) {
  std::vector<ListeningSocket> sockets = inherited.take(listener.where);
  if (!sockets.empty()) return sockets;
  if (listener.where.port != 0) locks_.emplace_back(listener.where);
  return open_listener(listener.where, lanes_of(listener));
}

void Server::start(InheritedSockets inherited) {
  std::vector<std::vector<ListeningSocket>> sockets;
  for (const Listener& listener : options_.listeners) {
    sockets.push_back(open(listener, inherited));
    ports_.push_back(sockets.back().front().port());
  }
  for (std::size_t i = 0; i < options_.lanes; ++i) {
    lanes_.push_back(std::make_unique<Lane>(options_, parts_, census_));
    lanes_.back()->encrypt(contexts_);
    if (parts_.access != nullptr) lanes_.back()->log_access(parts_.access->writer(i));
    for (std::size_t what = 0; what < ServesCount; ++what) {
      lanes_.back()->serve(static_cast<Serves>(what), applications_[what]);
    }
  }
  for (std::size_t i = 0; i < sockets.size(); ++i) {
    spread(options_.listeners[i], std::move(sockets[i]));
  }
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    threads_.emplace_back([&lane = *lanes_[i]] { lane.run(); });
    ::pthread_setname_np(threads_.back().native_handle(), ("lane " + std::to_string(i)).c_str());
  }
  watchdog_ = std::make_unique<Watchdog>(lanes_, parts_.clock, parts_.journal);
  applications_ = {};
  contexts_ = {};
  for (const std::string& address : inherited.addresses()) {
    const std::array fields{services::Field{"address", address}};
    parts_.log.write(Level::Warning, "core", "a socket was handed over that no listener names",
                     fields);
  }
}

/// Every socket gets a lane and every lane a socket: the queue of one that nobody accepts from
/// would fill for ever.
void Server::spread(const Listener& listener, std::vector<ListeningSocket> sockets) {
  std::vector<std::shared_ptr<const ListeningSocket>> owned;
  owned.reserve(sockets.size());
  for (ListeningSocket& socket : sockets) {
    owned.push_back(std::make_shared<const ListeningSocket>(std::move(socket)));
  }
  const std::size_t lanes = lanes_of(listener);
  for (std::size_t i = 0; i < std::max(lanes, owned.size()); ++i) {
    lanes_[i % lanes]->accept_from(listener, owned[i % owned.size()], owned.size() < lanes);
  }
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

void Server::replace(const std::shared_ptr<const Application>& gateway, const Contexts& contexts) {
  tell_lanes([gateway, contexts](Lane& lane) { lane.replace(gateway, contexts); });
}

void Server::renew(const Contexts& contexts) {
  tell_lanes([contexts](Lane& lane) { lane.encrypt(contexts); });
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
  tell_lanes([](Lane& lane) { lane.drain(); });
  const bool graceful = census_.wait_empty(patience);
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
  locks_.clear();
  return graceful;
}

}  // namespace portico::server

// SPDX-License-Identifier: Apache-2.0
#include "server/lane.h"

#include "base/alternate_stack.h"
#include "server/connection.h"

#include <algorithm>
#include <span>
#include <utility>

#include <pthread.h>

namespace portico::server {
namespace {

[[nodiscard]] std::size_t index_of(Serves what) noexcept { return static_cast<std::size_t>(what); }

[[nodiscard]] bool accountable(const Peer& peer, std::span<const Cidr> trusted) noexcept {
  if (peer.text == "unix:") return false;
  return std::ranges::none_of(trusted,
                              [&](const Cidr& block) { return block.contains(peer.address); });
}

/// Nobody cancels a lane. Without this, glibc marks with two locked instructions in each call that
/// waits that it could be.
void rule_out_cancellation() noexcept {
  ::pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, nullptr);
  ::pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, nullptr);
}

}  // namespace

Lane::Lane(const Parts& parts, Census& census, LaneMeter& meter)
    : loop_(parts.clock),
      parts_(parts),
      census_(census),
      meter_(meter),
      outbound_(loop_, parts.log),
      redis_lines_(loop_) {
  take_commands(redis_lines_);
}

Lane::~Lane() = default;

void Lane::run() noexcept {
  const base::AlternateStack crash_stack;
  const pipeline::Occupation::Here here(occupation());
  rule_out_cancellation();
  meter_.runs();
  loop_.run();
}

void Lane::take_up(const Duty& duty) {
  options_ = duty.options;
  spare_.clear();  // Made for other limits, perhaps.
  for (std::size_t i = 0; i < ServesCount; ++i) {
    const auto what = static_cast<Serves>(i);
    if (!duty.applications[i]) continue;
    serve(what, duty.applications[i], what == Serves::Gateway ? duty.series : nullptr);
  }
  man(duty.stations);
}

void Lane::serve(Serves what, std::shared_ptr<const Application> application,
                 std::shared_ptr<const SeriesTable> series) {
  const services::AccessForm* const form = access_ == nullptr ? nullptr : application->access();
  application->call_up(redis_lines_);
  auto& editions = served_[index_of(what)];
  editions.push_front({std::move(application), 0, form, std::move(series)});
  std::erase_if(editions, [&](const Served& served) {
    return &served != &editions.front() && served.exchanges == 0;
  });
}

void Lane::man(const std::vector<Station>& stations) {
  for (Acceptor& acceptor : acceptors_) {
    const ListeningSocket* const closed = acceptor.socket();
    const auto stays = [closed](const Station& station) { return station.socket.get() == closed; };
    if (std::ranges::any_of(stations, stays)) continue;
    acceptor.stop();
    for (Connection* each = first_; each != nullptr; each = each->next) {
      if (each->came_by(closed)) each->drain();
    }
  }
  std::erase_if(acceptors_, [](const Acceptor& acceptor) { return acceptor.socket() == nullptr; });
  for (const Station& station : stations) {
    const auto found = std::ranges::find(acceptors_, station.socket.get(), &Acceptor::socket);
    if (found != acceptors_.end()) {
      found->change(station);
    } else {
      acceptors_.emplace_back(*this, census_, station);
    }
  }
}

const Served& Lane::served(Serves what) const noexcept { return served_[index_of(what)].front(); }

Served& Lane::begin_exchange(Serves what) noexcept {
  Served& served = served_[index_of(what)].front();
  ++served.exchanges;
  if (served.series != nullptr) meter_.begun.add();
  return served;
}

void Lane::end_exchange(Served& served) noexcept {
  if (served.series != nullptr) meter_.ended.add();
  let_go(served);
}

void Lane::let_go(Served& served) noexcept {
  if (--served.exchanges != 0) return;
  for (std::list<Served>& editions : served_) {
    if (&served == &editions.front()) return;
  }
  for (std::list<Served>& editions : served_) {
    std::erase_if(editions, [&](const Served& each) { return &each == &served; });
  }
}

Exchange& Lane::lend(Connection& connection) {
  Exchange& exchange = spare_.lend([this] { return std::make_unique<Exchange>(*this); });
  exchange.lend_to(connection);
  return exchange;
}

void Lane::take_back(Exchange& exchange) noexcept {
  spare_.take_back(exchange, exchange.suits(options_->limits));
}

void Lane::welcome(loop::Socket socket, Peer peer, const Station& station) {
  tls::Session session;
  if (station.tls != nullptr) {
    session = station.tls->accept(socket.descriptor());
    if (!session) return;
  }
  auto connection = std::make_unique<Connection>(*this, std::move(socket), std::move(peer), station,
                                                 std::move(session));
  if (!station.listener.proxy_protocol && !charge(*connection)) return connection->cut();
  census_.enter(connection->serves());
  meter_.accepted.add();
  Connection& made = *connection.release();
  made.next = first_;
  if (first_ != nullptr) first_->previous = &made;
  first_ = &made;
  made.begin();
  if (draining_) made.drain();
}

bool Lane::charge(Connection& connection) {
  if (connection.serves() != Serves::Gateway) return true;
  if (!accountable(connection.peer(), options_->trusted_proxies)) return true;
  connection.charged = census_.charge(connection.peer().address);
  if (!connection.charged) meter_.refused.add();
  return connection.charged;
}

void Lane::bid_farewell(Connection& connection) noexcept {
  if (connection.charged) census_.discharge(connection.peer().address);
  census_.leave(connection.serves());
  if (connection.previous != nullptr) {
    connection.previous->next = connection.next;
  } else {
    first_ = connection.next;
  }
  if (connection.next != nullptr) connection.next->previous = connection.previous;
  delete &connection;
}

void Lane::drain() noexcept {
  draining_ = true;
  for (Acceptor& acceptor : acceptors_) {
    if (acceptor.serves() == Serves::Gateway) acceptor.stop();
  }
  for (Connection* each = first_; each != nullptr; each = each->next) each->drain();
}

void Lane::hand_over() noexcept {
  for (Acceptor& acceptor : acceptors_) acceptor.let_go();
  drain();
}

void Lane::accept_nobody() noexcept {
  for (Acceptor& acceptor : acceptors_) acceptor.stop();
}

void Lane::give_up() noexcept {
  for (Connection* each = first_; each != nullptr; each = each->next) each->give_up();
}

void Lane::cut() noexcept {
  mirrors_.cut();
  for (Connection* each = first_; each != nullptr; each = each->next) each->cut();
}

}  // namespace portico::server

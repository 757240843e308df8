// SPDX-License-Identifier: Apache-2.0
#include "smtp/pool.h"

#include "smtp/wire.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace portico::notify {
namespace {

using smtp::Deadline;
using smtp::Session;

SmtpServer checked(SmtpServer server) {
  const std::string fault = fault_of(server);
  if (!fault.empty()) throw std::invalid_argument(fault);
  return server;
}

std::size_t checked(std::size_t connections) {
  if (connections == 0) throw std::invalid_argument("The mail server needs a connection.");
  return connections;
}

}  // namespace

/// One of the connections that there may be at once.
class SmtpPool::Place {
 public:
  explicit Place(SmtpPool& pool) noexcept : pool_(&pool) {}
  Place(Place&& other) noexcept : pool_(std::exchange(other.pool_, nullptr)) {}
  Place& operator=(Place&&) = delete;
  ~Place() {
    if (pool_ == nullptr) return;
    const std::lock_guard lock(pool_->mutex_);
    --pool_->busy_;
    pool_->freed_.notify_one();
  }

 private:
  SmtpPool* pool_;
};

SmtpPool::SmtpPool(SmtpServer server, std::size_t connections)
    : SmtpPool(std::move(server), connections, Options()) {}

SmtpPool::SmtpPool(SmtpServer server, std::size_t connections, Options options)
    : server_(checked(std::move(server))),
      connections_(checked(connections)),
      options_(std::move(options)),
      context_(server_),
      lookup_(server_.host, server_.port, options_.resolve) {}

SmtpPool::~SmtpPool() = default;

SmtpOutcome SmtpPool::send(const Address& envelope_from, const Address& to, std::string_view wire) {
  if (!smtp::is_wire(wire)) {
    throw std::invalid_argument("The message is not in the form in which mail travels.");
  }
  const auto deadline = Deadline::after(server_.total_timeout);
  const smtp::Envelope envelope{envelope_from, to};
  const auto place = take_place(deadline);
  if (!place) return no_place();
  if (auto session = take_idle()) {
    SmtpOutcome outcome = session->send(envelope, wire, deadline);
    // Else the server had closed it while it was idle, and has nothing of this message.
    if (outcome.step != SmtpOutcome::Step::Reset) {
      keep(std::move(session));
      return outcome;
    }
  }
  return send_anew(envelope, wire, deadline);
}

SmtpOutcome SmtpPool::send_anew(const smtp::Envelope& envelope, std::string_view wire,
                                const Deadline& deadline) {
  auto opened = Session::open({server_, context_, lookup_, interrupt_}, deadline);
  if (auto* const fault = std::get_if<SmtpOutcome>(&opened)) return std::move(*fault);
  auto session = std::get<std::unique_ptr<Session>>(std::move(opened));
  SmtpOutcome outcome = session->send(envelope, wire, deadline);
  keep(std::move(session));
  return outcome;
}

std::optional<SmtpPool::Place> SmtpPool::take_place(const Deadline& deadline) {
  std::unique_lock lock(mutex_);
  const bool free =
      freed_.wait_until(lock, deadline.at(), [this] { return stopped_ || busy_ < connections_; });
  if (!free || stopped_) return std::nullopt;
  ++busy_;
  return Place(*this);
}

SmtpOutcome SmtpPool::no_place() const {
  if (interrupt_.raised()) {
    return smtp::unreachable(SmtpOutcome::Step::Connection, "The gateway is ending.");
  }
  return {.kind = SmtpOutcome::Kind::Later,
          .said = "No connection to the mail server became free in time."};
}

std::unique_ptr<Session> SmtpPool::take_idle() {
  const auto expired = take_expired();
  while (true) {
    std::unique_ptr<Session> session;
    {
      const std::lock_guard lock(mutex_);
      if (idle_.empty()) return nullptr;
      session = std::move(idle_.back().session);
      idle_.pop_back();
    }
    if (session->quiet()) return session;
  }
}

std::vector<SmtpPool::Idle> SmtpPool::take_expired() {
  const auto now = options_.now();
  const std::lock_guard lock(mutex_);
  const auto fresh = std::ranges::find_if(
      idle_, [&](const Idle& idle) { return now - idle.since < options_.idle; });
  std::vector<Idle> expired(std::make_move_iterator(idle_.begin()), std::make_move_iterator(fresh));
  idle_.erase(idle_.begin(), fresh);
  return expired;
}

void SmtpPool::keep(std::unique_ptr<Session> session) {
  if (!session->usable() || session->messages() >= options_.messages) return;
  const auto now = options_.now();
  const std::lock_guard lock(mutex_);
  if (!stopped_) idle_.push_back({std::move(session), now});
}

void SmtpPool::close_idle() {
  // They say QUIT where they are destroyed: not while others wait for the lock.
  static_cast<void>(take_expired());
}

void SmtpPool::stop() noexcept {
  interrupt_.raise();
  const std::lock_guard lock(mutex_);
  stopped_ = true;
  freed_.notify_all();
}

}  // namespace portico::notify

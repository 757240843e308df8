// SPDX-License-Identifier: Apache-2.0
#include "redis/channel.h"

#include "redis/addresses.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <exception>
#include <string>
#include <utility>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>

namespace portico::redis {

using tls::Io;
using tls::Moved;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t ReadAtOnce = std::size_t{16} * 1024;
constexpr std::chrono::nanoseconds FirstPause = 20ms;
/// A Redis that comes back is found within it, and what one try takes.
constexpr std::chrono::nanoseconds LongestPause = 500ms;
/// Who lets in and throws out at once is not there.
constexpr std::chrono::nanoseconds Steady = 1s;

}  // namespace

Channel::Channel(Surroundings& surroundings, const std::shared_ptr<Store>& store, Figures& figures,
                 User& user)
    : surroundings_(surroundings), store_(store), figures_(figures), user_(user) {
  Watch::ready = on_ready;
  Timer::fire = on_time;
  Task::run = on_task;
}

Channel::~Channel() { close(); }

void Channel::open() noexcept {
  failures_ = 0;
  set_out();
}

void Channel::close() noexcept {
  if (state_ == State::Open) {
    store_->fell();
    figures_.closed.add();
  }
  state_ = State::Closed;
  surroundings_.loop.timers().disarm(*this);
  lookup_.cancel();
  drop_socket();
}

void Channel::drop_socket() noexcept {
  if (stream_.socket().open()) surroundings_.loop.forget(stream_.descriptor());
  stream_ = tls::Stream();
  out_.clear();
}

/// Between half of it and all of it, so that nodes that lost the same Redis come back one by one.
std::chrono::nanoseconds Channel::pause() noexcept {
  if (failures_ <= 1) return 0ns;
  const auto whole = std::min(LongestPause, FirstPause * (1U << std::min(failures_ - 2, 8U)));
  return std::chrono::nanoseconds(static_cast<std::int64_t>(static_cast<double>(whole.count()) *
                                                            (1 + surroundings_.chance()) / 2));
}

void Channel::fail(std::string_view why) noexcept {
  if (state_ == State::Closed || state_ == State::Resting) return;
  const auto now = surroundings_.now();
  const bool stood = std::exchange(state_, State::Resting) == State::Open;
  if (stood) {
    store_->fell();
    figures_.closed.add();
    if (now - opened_at_ >= Steady) failures_ = 0;
  }
  ++failures_;
  lookup_.cancel();
  drop_socket();
  surroundings_.loop.timers().move(*this, now + pause());
  user_.lost(why);
}

void Channel::on_time(loop::Timer& timer) noexcept {
  auto& self = static_cast<Channel&>(timer);
  if (self.state_ == State::Resting) return self.set_out();
  if (self.state_ == State::Connecting) return self.try_next("no connection in time");
  if (self.state_ < State::Open) self.fail("no answer to the greeting in time");
}

void Channel::set_out() noexcept {
  state_ = State::Resolving;
  surroundings_.loop.timers().move(*this, surroundings_.now() + store_->options.connect_timeout);
  try {
    next_address_ = 0;
    addresses_.clear();
    reader_.reset();
    if (const auto fixed = fixed_address(store_->options)) {
      addresses_.push_back(*fixed);
      return connect_next();
    }
    resolve();
  } catch (const std::exception& error) {
    fail(error.what());
  }
}

void Channel::resolve() {
  lookup_ = surroundings_.resolver(store_->options.name_servers)
                .addresses(store_->options.host, [this](const loop::dns::Addresses& answer) {
                  try {
                    addresses_ = addresses_of(answer, store_->options.port);
                    if (addresses_.empty()) return fail(loop::dns::sentence_of(answer.outcome));
                    connect_next();
                  } catch (const std::exception& error) {
                    fail(error.what());
                  }
                });
}

void Channel::connect_next() noexcept {
  state_ = State::Connecting;
  int error = EHOSTUNREACH;
  while (next_address_ < addresses_.size()) {
    error = connect(addresses_[next_address_++]);
    if (error == 0) return;
    drop_socket();
  }
  fail(strerrordesc_np(error));
}

int Channel::connect(const upstream::SocketAddress& where) {
  loop::Socket socket(::socket(where.family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!socket.open()) return errno;
  const int on = 1;
  if (where.family() != AF_UNIX) {
    ::setsockopt(socket.descriptor(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  }
  if (::connect(socket.descriptor(), where.address(), where.size) != 0 && errno != EINPROGRESS) {
    return errno;
  }
  tls::Session session;
  if (store_->tls) {
    const std::string& host = store_->options.host;
    session = store_->tls->connect(socket.descriptor(), host, resumption_);
    if (!session) return ENOMEM;
  }
  readable_ = writable_ = hung_up_ = false;
  stream_ = tls::Stream(std::move(socket), std::move(session));
  return surroundings_.loop.watch(stream_.descriptor(), *this) ? 0 : ENOSPC;
}

/// The next address, where there is one.
void Channel::try_next(std::string_view why) noexcept {
  if (next_address_ == addresses_.size()) return fail(why);
  drop_socket();
  surroundings_.loop.timers().move(*this, surroundings_.now() + store_->options.connect_timeout);
  connect_next();
}

void Channel::on_ready(loop::Watch& watch, std::uint32_t events) noexcept {
  auto& self = static_cast<Channel&>(watch);
  if ((events & EPOLLOUT) != 0) self.writable_ = true;
  if ((events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0) self.readable_ = true;
  if ((events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0) self.hung_up_ = true;
  if (self.state_ == State::Connecting) self.settle();
  if (self.state_ == State::Greeting) self.greet();
  if (self.state_ < State::Introducing) return;
  if (self.readable_) self.receive();
  if (self.out_.waiting() != 0) self.flush();
}

void Channel::settle() noexcept {
  if (!writable_ && !hung_up_) return;
  int error = 0;
  socklen_t size = sizeof error;
  ::getsockopt(stream_.descriptor(), SOL_SOCKET, SO_ERROR, &error, &size);
  if (error != 0) return try_next(strerrordesc_np(error));
  if (!writable_) return;
  if (stream_.session()) {
    state_ = State::Greeting;
    return;
  }
  introduce();
}

void Channel::greet() noexcept {
  switch (stream_.session().handshake()) {
    case Io::Done:
      readable_ = true;  // What came behind the handshake lies in the session already.
      introduce();
      break;
    case Io::WantRead:
      if (hung_up_) fail("it hung up in the TLS handshake");
      break;
    case Io::WantWrite: break;
    case Io::Closed: fail("it hung up in the TLS handshake"); break;
    case Io::Broken: fail(stream_.session().fault()); break;
  }
}

void Channel::receive() noexcept {
  std::array<char, ReadAtOnce> room;
  for (;;) {
    const Moved moved = stream_.receive(room);
    if (moved.bytes != 0 && !take({room.data(), moved.bytes})) return;
    if (moved.io == Io::Done) continue;
    // A short read has emptied the socket, but for the end of the stream.
    if (moved.io == Io::WantRead && hung_up_ && moved.bytes != 0) continue;
    if (moved.io == Io::Closed || moved.io == Io::Broken) return fail("it closed the connection");
    readable_ = false;
    return;
  }
}

/// False when the connection is over.
bool Channel::take(std::string_view bytes) noexcept {
  if (!reader_.feed(bytes)) {
    fail("no memory is left for its answer");
    return false;
  }
  for (;;) {
    switch (reader_.next()) {
      case ReplyReader::Step::NeedsMore: return true;
      case ReplyReader::Step::Broken: fail("what it sends is no Redis reply"); return false;
      case ReplyReader::Step::Reply: break;
    }
    if (state_ == State::Introducing) {
      take_courtesy();
    } else {
      user_.received(reader_);
    }
    if (state_ < State::Introducing) return false;
  }
}

void Channel::write(std::string_view bytes) {
  out_.append(bytes);
  surroundings_.loop.later(*this);
}

void Channel::on_task(loop::Task& task) noexcept { static_cast<Channel&>(task).flush(); }

void Channel::flush() noexcept {
  if (state_ < State::Introducing || !writable_ || out_.waiting() == 0) return;
  const Moved moved = stream_.send(out_, surroundings_.record_buffer());
  if (moved.io == Io::Closed || moved.io == Io::Broken) return fail("it closed the connection");
  writable_ = moved.io == Io::Done;
}

}  // namespace portico::redis

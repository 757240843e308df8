// SPDX-License-Identifier: Apache-2.0
#include "loop/pipe.h"

#include <new>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace portico::loop {

std::unique_ptr<Pipe> Pipe::make() noexcept {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_NONBLOCK | O_CLOEXEC) != 0) return nullptr;
  // Where a user's pipes have taken their share of memory this one stays as small as it is.
  ::fcntl(ends[1], F_SETPIPE_SZ, static_cast<int>(Capacity));
  std::unique_ptr<Pipe> pipe(new (std::nothrow) Pipe(ends[0], ends[1]));
  if (pipe == nullptr) {
    ::close(ends[0]);
    ::close(ends[1]);
  }
  return pipe;
}

Pipe::~Pipe() {
  ::close(out_);
  ::close(in_);
}

ssize_t Pipe::fill(int socket, std::size_t most) noexcept {
  const ssize_t got =
      ::splice(socket, nullptr, in_, nullptr, most, SPLICE_F_NONBLOCK | SPLICE_F_MOVE);
  if (got > 0) size_ += static_cast<std::size_t>(got);
  return got;
}

ssize_t Pipe::empty(int socket) noexcept {
  const ssize_t gone =
      ::splice(out_, nullptr, socket, nullptr, size_, SPLICE_F_NONBLOCK | SPLICE_F_MOVE);
  if (gone > 0) size_ -= static_cast<std::size_t>(gone);
  return gone;
}

Pipes::Lent Pipes::lend() noexcept {
  if (lent_ == Most) return {};
  std::unique_ptr<Pipe> pipe = spares_ == 0 ? Pipe::make() : std::move(spare_[--spares_]);
  if (pipe == nullptr) return {};
  ++lent_;
  return {pipe.release(), Return{this}};
}

/// What it still holds nobody will ask for.
void Pipes::take_back(Pipe* pipe) noexcept {
  std::unique_ptr<Pipe> owned(pipe);
  --lent_;
  if (owned->size() == 0 && spares_ < Kept) spare_[spares_++] = std::move(owned);
}

}  // namespace portico::loop

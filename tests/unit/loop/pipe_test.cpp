// SPDX-License-Identifier: Apache-2.0
#include "loop/pipe.h"

#include <array>
#include <cerrno>
#include <string>
#include <vector>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

namespace portico::loop {
namespace {

/// Two ends, neither of which ever waits.
class Sockets {
 public:
  Sockets() {
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends_.data()) != 0) std::abort();
  }
  ~Sockets() {
    for (const int end : ends_) ::close(end);
  }
  [[nodiscard]] int near() const { return ends_[0]; }
  [[nodiscard]] int far() const { return ends_[1]; }

 private:
  std::array<int, 2> ends_{};
};

std::string read_from(int socket) {
  std::array<char, 4096> room;
  const ssize_t got = ::read(socket, room.data(), room.size());
  return got > 0 ? std::string(room.data(), static_cast<std::size_t>(got)) : std::string();
}

TEST(Pipe, CarriesBytesAndCountsThem) {
  Pipes pipes;
  const Sockets from;
  const Sockets to;
  const Pipes::Lent pipe = pipes.lend();
  ASSERT_NE(pipe, nullptr);
  ASSERT_EQ(::write(from.far(), "some bytes", 10), 10);
  EXPECT_EQ(pipe->fill(from.near(), 4), 4);
  EXPECT_EQ(pipe->size(), 4U);
  EXPECT_EQ(pipe->empty(to.near()), 4);
  EXPECT_EQ(pipe->size(), 0U);
  EXPECT_EQ(read_from(to.far()), "some");
  EXPECT_EQ(pipe->fill(from.near(), 100), 6);
  EXPECT_EQ(pipe->fill(from.near(), 100), -1);
  EXPECT_EQ(errno, EAGAIN);
  EXPECT_EQ(pipe->size(), 6U);
  ::shutdown(from.far(), SHUT_WR);
  EXPECT_EQ(pipe->empty(to.near()), 6);
  EXPECT_EQ(pipe->fill(from.near(), 100), 0) << "the end of the stream";
}

TEST(Pipe, KeepsWhatASocketHasNoRoomFor) {
  Pipes pipes;
  const Sockets from;
  const Sockets to;
  const Pipes::Lent pipe = pipes.lend();
  ASSERT_NE(pipe, nullptr);
  const std::string much(100'000, 'x');
  while (::write(to.near(), much.data(), much.size()) > 0) {
  }
  ASSERT_EQ(::write(from.far(), "kept", 4), 4);
  ASSERT_EQ(pipe->fill(from.near(), 100), 4);
  EXPECT_EQ(pipe->empty(to.near()), -1);
  EXPECT_EQ(errno, EAGAIN);
  EXPECT_EQ(pipe->size(), 4U);
  while (!read_from(to.far()).empty()) {
  }
  EXPECT_EQ(pipe->empty(to.near()), 4);
  EXPECT_EQ(read_from(to.far()), "kept");
}

TEST(Pipes, LendsSoManyAndNoMore) {
  Pipes pipes;
  std::vector<Pipes::Lent> lent;
  for (std::size_t i = 0; i < Pipes::Most; ++i) {
    lent.push_back(pipes.lend());
    ASSERT_NE(lent.back(), nullptr);
  }
  EXPECT_EQ(pipes.lend(), nullptr);
  lent.pop_back();
  EXPECT_NE(pipes.lend(), nullptr);
}

TEST(Pipes, LendsAgainWhatCameBackEmptyAndNothingElse) {
  Pipes pipes;
  const Sockets from;
  Pipes::Lent pipe = pipes.lend();
  const Pipe* const first = pipe.get();
  pipe.reset();
  pipe = pipes.lend();
  EXPECT_EQ(pipe.get(), first);
  ASSERT_EQ(::write(from.far(), "left", 4), 4);
  ASSERT_EQ(pipe->fill(from.near(), 100), 4);
  pipe.reset();
  EXPECT_EQ(pipes.lend()->size(), 0U);
}

}  // namespace
}  // namespace portico::loop

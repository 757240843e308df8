// SPDX-License-Identifier: Apache-2.0
// The upstream of all: answers as fast as it can, and believes everything.
//   GET /            118 bytes of body
//   GET /echo        the head that it received
//   GET /large/N     N bytes
//   POST anything    takes what Content-Length says, then 118 bytes
#include "listening.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sys/uio.h>
#include <unistd.h>

namespace portico::bench {
namespace {

constexpr std::string_view HeadEnd = "\r\n\r\n";
constexpr std::string_view Large = "GET /large/";

[[nodiscard]] std::string answer_of(std::size_t size, std::string_view more = {}) {
  return "HTTP/1.1 200 OK\r\nServer: upstream\r\nDate: Sat, 21 Nov 2026 12:00:00 GMT\r\n"
         "Content-Type: text/plain\r\nContent-Length: " +
         std::to_string(size) + std::string(more) + "\r\n\r\n";
}

const std::string Small = answer_of(118) + std::string(117, 'x') + "\n";
/// A gateway keeps this to itself; the relay does not.
const std::string Last = answer_of(118, "\r\nConnection: close") + std::string(117, 'x') + "\n";
const std::string Chunk(std::size_t{1} << 18, 'x');
std::array<char, std::size_t{1} << 18> scratch;

struct Client {
  std::string head;           ///< What came of a head that is not whole.
  std::size_t to_take = 0;    ///< Of a request's body.
  std::string out;            ///< To send, and behind it
  std::size_t to_give = 0;    ///< so much of a body.
  bool answer_later = false;  ///< When the body has come.
  bool last = false;          ///< The connection ends with what is to send.
};

[[nodiscard]] std::size_t number_at(std::string_view text) {
  std::size_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

/// What follows `field`, which is written in lower case; empty when it is not there.
[[nodiscard]] std::string_view behind(std::string_view head, std::string_view field) {
  const auto same = [](char left, char right) {
    return (left >= 'A' && left <= 'Z' ? left + ('a' - 'A') : left) == right;
  };
  const auto found = std::ranges::search(head, field, same);
  if (found.empty()) return {};
  return head.substr(static_cast<std::size_t>(found.end() - head.begin()));
}

void begin(Client& client, std::string_view head) {
  if (head.starts_with(Large)) {
    client.to_give = number_at(head.substr(Large.size()));
    client.out += answer_of(client.to_give);
    return;
  }
  if (head.starts_with("GET /echo")) {
    client.out += answer_of(head.size());
    client.out += head;
    return;
  }
  client.to_take = head.starts_with("GET ") ? 0 : number_at(behind(head, "\r\ncontent-length: "));
  client.last = !behind(head, "\r\nconnection: close").empty();
  if (client.to_take == 0) client.out += client.last ? Last : Small;
  client.answer_later = client.to_take > 0;
}

void take(Client& client, std::string_view bytes) {
  while (!bytes.empty()) {
    if (client.to_take > 0) {
      const std::size_t part = std::min(client.to_take, bytes.size());
      client.to_take -= part;
      bytes.remove_prefix(part);
      if (client.to_take == 0 && std::exchange(client.answer_later, false)) client.out += Small;
      continue;
    }
    if (client.head.empty()) {
      if (const auto end = bytes.find(HeadEnd); end != std::string_view::npos) {
        begin(client, bytes.substr(0, end + HeadEnd.size()));
        bytes.remove_prefix(end + HeadEnd.size());
        continue;
      }
    }
    const std::size_t known = client.head.size();
    client.head += bytes;
    const auto end = client.head.find(HeadEnd, known < 3 ? 0 : known - 3);
    if (end == std::string::npos) return;
    begin(client, std::string_view(client.head).substr(0, end + HeadEnd.size()));
    bytes.remove_prefix(end + HeadEnd.size() - known);
    client.head.clear();
  }
}

/// False when it is gone.
[[nodiscard]] bool give(int descriptor, Client& client) {
  while (!client.out.empty() || client.to_give > 0) {
    const std::array<iovec, 2> parts{
        iovec{client.out.data(), client.out.size()},
        iovec{const_cast<char*>(Chunk.data()), std::min(Chunk.size(), client.to_give)}};
    const ssize_t sent = ::writev(descriptor, parts.data(), parts.size());
    if (sent < 0) return errno == EAGAIN;
    const auto of_head = std::min(static_cast<std::size_t>(sent), client.out.size());
    client.out.erase(0, of_head);
    client.to_give -= static_cast<std::size_t>(sent) - of_head;
  }
  return !client.last;
}

[[nodiscard]] bool read_all(int descriptor, Client& client) {
  while (true) {
    const ssize_t got = ::read(descriptor, scratch.data(), scratch.size());
    if (got == 0) return false;
    if (got < 0) return errno == EAGAIN;
    take(client, {scratch.data(), static_cast<std::size_t>(got)});
    if (static_cast<std::size_t>(got) < scratch.size()) return true;
  }
}

void serve(const char* port) {
  const int epoll = ::epoll_create1(EPOLL_CLOEXEC);
  const int listener = listen_on(port);
  add(epoll, listener, EPOLLIN);
  std::vector<std::unique_ptr<Client>> clients;
  std::array<epoll_event, 256> events;
  while (true) {
    const int count = ::epoll_wait(epoll, events.data(), events.size(), -1);
    for (int i = 0; i < count; ++i) {
      const int descriptor = events[static_cast<std::size_t>(i)].data.fd;
      if (descriptor == listener) {
        const int fresh = ::accept4(listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fresh < 0) continue;
        without_delay(fresh);
        const auto place = static_cast<std::size_t>(fresh);
        if (clients.size() <= place) clients.resize(place + 1);
        clients[place] = std::make_unique<Client>();
        add(epoll, fresh, EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET);
        continue;
      }
      Client& client = *clients[static_cast<std::size_t>(descriptor)];
      if (!read_all(descriptor, client) || !give(descriptor, client)) ::close(descriptor);
    }
  }
}

}  // namespace
}  // namespace portico::bench

int main(int count, char** words) {
  if (count != 2) return 64;
  ::signal(SIGPIPE, SIG_IGN);
  portico::bench::serve(words[1]);
}

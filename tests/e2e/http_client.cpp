// SPDX-License-Identifier: Apache-2.0
#include "e2e/http_client.h"

#include <cerrno>
#include <stdexcept>
#include <system_error>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

namespace portico::e2e {
namespace {

constexpr int PatienceSeconds = 20;

int connect_to(std::uint16_t port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const timeval patience{PatienceSeconds, 0};
  ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
  ::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof(address)) != 0) {
    const int why = errno;
    ::close(socket);
    throw std::system_error(why, std::generic_category(), "connect");
  }
  return socket;
}

std::string unchunk(std::string_view chunks) {
  std::string body;
  while (!chunks.empty()) {
    const std::size_t size =
        std::stoul(std::string(chunks.substr(0, chunks.find("\r\n"))), nullptr, 16);
    chunks.remove_prefix(chunks.find("\r\n") + 2);
    if (size == 0) break;
    body.append(chunks.substr(0, size));
    chunks.remove_prefix(size + 2);
  }
  return body;
}

}  // namespace

std::string HttpReply::header(std::string_view name) const {
  for (std::size_t at = head.find("\r\n"); at != std::string::npos;
       at = head.find("\r\n", at + 2)) {
    const std::string_view line = std::string_view(head).substr(at + 2);
    if (line.size() <= name.size() || line[name.size()] != ':') continue;
    if (::strncasecmp(line.data(), name.data(), name.size()) != 0) continue;
    const std::size_t begin = line.find_first_not_of(' ', name.size() + 1);
    return std::string(line.substr(begin, line.find("\r\n") - begin));
  }
  return {};
}

std::string exchange(std::uint16_t port, std::string_view bytes) {
  const int socket = connect_to(port);
  // A server that refuses early closes while we still send: what it said is what counts.
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) break;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  std::string received;
  char buffer[16384];
  ssize_t size = 0;
  while ((size = ::recv(socket, buffer, sizeof(buffer), 0)) > 0) {
    received.append(buffer, static_cast<std::size_t>(size));
  }
  const bool timed_out = size < 0 && errno == EAGAIN;
  ::close(socket);
  if (timed_out)
    throw std::runtime_error("the server neither answered nor closed; it sent: " + received);
  return received;
}

HttpReply parse_reply(const std::string& bytes) {
  HttpReply reply;
  const std::size_t end = bytes.find("\r\n\r\n");
  if (!bytes.starts_with("HTTP/1.1 ") || end == std::string::npos) {
    throw std::runtime_error("not an answer: " + bytes);
  }
  reply.status = std::stoi(bytes.substr(9, 3));
  reply.head = bytes.substr(0, end + 2);
  reply.body = bytes.substr(end + 4);
  if (reply.header("Transfer-Encoding") == "chunked") reply.body = unchunk(reply.body);
  return reply;
}

HttpReply request(std::uint16_t port, std::string_view method, std::string_view target,
                  std::string_view fields, std::string_view body) {
  std::string bytes;
  bytes.append(method).append(" ").append(target).append(" HTTP/1.1\r\n");
  if (fields.find("Host:") == std::string_view::npos) bytes.append("Host: localhost\r\n");
  bytes.append("Connection: close\r\n").append(fields);
  if (!body.empty())
    bytes.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n");
  bytes.append("\r\n").append(body);
  return parse_reply(exchange(port, bytes));
}

}  // namespace portico::e2e

// SPDX-License-Identifier: Apache-2.0
#include "tests/real_redis.h"

#include <array>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <stdexcept>
#include <thread>

#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

namespace portico::ratelimit {
namespace {

constexpr auto Patience = std::chrono::seconds(20);

/// In Debian it is another name of a program that redis-tools brings, and that looks at its own.
std::string program() {
  for (const char* const path :
       {"/usr/bin/redis-server", "/usr/local/bin/redis-server", "/usr/bin/redis-check-rdb"}) {
    if (::access(path, X_OK) == 0) return path;
  }
  return {};
}

}  // namespace

bool RealRedis::is_there() { return !program().empty(); }

RealRedis::RealRedis() {
  std::string folder = (std::filesystem::temp_directory_path() / "portico-redis-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) throw std::runtime_error("no folder for Redis");
  folder_ = folder;
  const std::string path = program();
  const std::string socket = folder_ + "/s";
  child_ = ::fork();
  if (child_ == 0) {
    const int nothing = ::open("/dev/null", O_RDWR);
    ::dup2(nothing, STDOUT_FILENO);
    ::execl(path.c_str(), "redis-server", "--port", "0", "--unixsocket", socket.c_str(), "--save",
            "", "--appendonly", "no", "--dir", folder_.c_str(), nullptr);
    ::_exit(127);
  }
  const auto until = std::chrono::steady_clock::now() + Patience;
  while (!connect()) {
    if (std::chrono::steady_clock::now() > until || ::waitpid(child_, nullptr, WNOHANG) != 0) {
      throw std::runtime_error("redis-server does not begin");
    }
    std::this_thread::yield();
  }
}

RealRedis::~RealRedis() {
  ::close(socket_);
  ::kill(child_, SIGKILL);
  ::waitpid(child_, nullptr, 0);
  std::filesystem::remove_all(folder_);
}

bool RealRedis::connect() {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string path = folder_ + "/s";
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  socket_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0) {
    return true;
  }
  ::close(socket_);
  return false;
}

RealRedis::Value RealRedis::say(const Words& words) {
  std::string text = "*" + std::to_string(words.size()) + "\r\n";
  for (const std::string& word : words) {
    text += "$" + std::to_string(word.size()) + "\r\n" + word + "\r\n";
  }
  if (::send(socket_, text.data(), text.size(), MSG_NOSIGNAL) !=
      static_cast<ssize_t>(text.size())) {
    throw std::runtime_error("Redis takes no more");
  }
  return value();
}

RealRedis::Value RealRedis::run(std::string_view script, const Words& keys,
                                const Words& arguments) {
  Words words{"EVAL", std::string(script), std::to_string(keys.size())};
  words.insert(words.end(), keys.begin(), keys.end());
  words.insert(words.end(), arguments.begin(), arguments.end());
  return say(words);
}

void RealRedis::need(std::size_t size) {
  std::array<char, 65536> bytes;
  while (received_.size() < size) {
    const ssize_t count = ::recv(socket_, bytes.data(), bytes.size(), 0);
    if (count <= 0) throw std::runtime_error("Redis has gone");
    received_.append(bytes.data(), static_cast<std::size_t>(count));
  }
}

std::string RealRedis::line() {
  std::size_t end = 0;
  while ((end = received_.find("\r\n")) == std::string::npos) need(received_.size() + 1);
  std::string text = received_.substr(0, end);
  received_.erase(0, end + 2);
  return text;
}

RealRedis::Value RealRedis::value() {
  const std::string head = line();
  const std::string rest = head.substr(1);
  Value made;
  switch (head.at(0)) {
    case ':':
      made.kind = Value::Kind::Integer;
      made.integer = std::stoll(rest);
      break;
    case '+':
      made.kind = Value::Kind::Text;
      made.text = rest;
      break;
    case '-':
      made.kind = Value::Kind::Error;
      made.text = rest;
      break;
    case '$': {
      if (rest == "-1") break;
      const auto size = static_cast<std::size_t>(std::stoul(rest));
      need(size + 2);
      made.kind = Value::Kind::Text;
      made.text = received_.substr(0, size);
      received_.erase(0, size + 2);
      break;
    }
    default: {
      if (rest == "-1") break;
      made.kind = Value::Kind::List;
      for (long long i = std::stoll(rest); i > 0; --i) made.items.push_back(value());
    }
  }
  return made;
}

}  // namespace portico::ratelimit

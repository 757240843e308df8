// SPDX-License-Identifier: Apache-2.0
#include "loop/sd_notify.h"

#include <charconv>
#include <cstddef>
#include <cstdlib>
#include <cstring>

#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

namespace portico::loop {
namespace {

[[nodiscard]] std::string from_environment() {
  const char* name = std::getenv("NOTIFY_SOCKET");
  return name == nullptr ? std::string() : std::string(name);
}

[[nodiscard]] std::optional<long long> number_in(const char* name) {
  const char* const value = std::getenv(name);
  if (value == nullptr) return std::nullopt;
  const std::string_view text = value;
  long long number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// A line end would begin another assignment.
[[nodiscard]] std::string one_line(std::string_view text) {
  std::string line(text);
  for (char& c : line) {
    if (c == '\n' || c == '\0') c = ' ';
  }
  return line;
}

}  // namespace

ServiceManager::ServiceManager() : socket_(from_environment()) {}

bool ServiceManager::send(std::string_view state) const noexcept {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (socket_.empty() || socket_.size() >= sizeof address.sun_path) return false;
  std::memcpy(address.sun_path, socket_.data(), socket_.size());
  if (socket_.front() == '@') {
    address.sun_path[0] = '\0';
  } else if (socket_.front() != '/') {
    return false;
  }
  const int descriptor = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (descriptor < 0) return false;
  const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + socket_.size());
  const ssize_t sent = ::sendto(descriptor, state.data(), state.size(), MSG_DONTWAIT | MSG_NOSIGNAL,
                                reinterpret_cast<const sockaddr*>(&address), length);
  ::close(descriptor);
  return sent == static_cast<ssize_t>(state.size());
}

bool ServiceManager::ready(std::string_view status) const noexcept {
  return send("READY=1\nSTATUS=" + one_line(status));
}

bool ServiceManager::reloading() const noexcept {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  const long long microseconds = now.tv_sec * 1'000'000LL + now.tv_nsec / 1000;
  return send("RELOADING=1\nMONOTONIC_USEC=" + std::to_string(microseconds));
}

bool ServiceManager::stopping(std::string_view status) const noexcept {
  return send("STOPPING=1\nSTATUS=" + one_line(status));
}

bool ServiceManager::status(std::string_view text) const noexcept {
  return send("STATUS=" + one_line(text));
}

bool ServiceManager::handed_over(pid_t process) const noexcept {
  return send("MAINPID=" + std::to_string(process) + "\nREADY=1\nSTATUS=serving; taken over");
}

bool ServiceManager::alive() const noexcept { return send("WATCHDOG=1"); }

std::optional<std::chrono::microseconds> watchdog_patience() {
  const auto process = number_in("WATCHDOG_PID");
  const auto time = number_in("WATCHDOG_USEC");
  if (!time || *time <= 0 || (process && *process != ::getpid())) return std::nullopt;
  return std::chrono::microseconds(*time);
}

}  // namespace portico::loop

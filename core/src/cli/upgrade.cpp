// SPDX-License-Identifier: Apache-2.0
// `portico upgrade`: asks the serving process to let the program as it is installed now take over,
// and waits for the outcome.
#include "cli/upgrade.h"

#include "cli/run/control_socket.h"

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <string>
#include <string_view>

#include <sys/socket.h>
#include <sys/un.h>

namespace portico::cli {
namespace {

/// More than the serving process waits for the new one.
constexpr timeval Patience{90, 0};

/// The connection to the serving process; errno says why it is not open.
[[nodiscard]] loop::Socket connect_to(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) {
    errno = ENAMETOOLONG;
    return {};
  }
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  loop::Socket socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!socket.open()) return socket;
  ::setsockopt(socket.descriptor(), SOL_SOCKET, SO_RCVTIMEO, &Patience, sizeof Patience);
  if (::connect(socket.descriptor(), reinterpret_cast<const sockaddr*>(&address), sizeof address) !=
      0) {
    return {};
  }
  return socket;
}

[[nodiscard]] std::string ask(const loop::Socket& socket, const std::string& line) {
  std::string answer;
  if (::send(socket.descriptor(), line.data(), line.size(), MSG_NOSIGNAL) < 0) return answer;
  std::array<char, 4096> space;
  for (ssize_t got = 0; (got = ::recv(socket.descriptor(), space.data(), space.size(), 0)) > 0;) {
    answer.append(space.data(), static_cast<std::size_t>(got));
  }
  return answer;
}

/// "failed 78" and, below, why: a wrong file, or anything else.
[[nodiscard]] ExitCode code_of(std::string_view first_line) {
  int code = 0;
  const std::string_view digits = first_line.substr(std::min<std::size_t>(first_line.size(), 7));
  std::from_chars(digits.data(), digits.data() + digits.size(), code);
  for (const ExitCode known : {ExitCode::Usage, ExitCode::Config}) {
    if (code == static_cast<int>(known)) return known;
  }
  return ExitCode::Unavailable;
}

ExitCode tell(std::string_view answer, Console& console) {
  const std::string_view first = answer.substr(0, answer.find('\n'));
  if (first.starts_with("ok ")) {
    console.out.line("portico upgrade: process " + std::string(first.substr(3)) + " serves now");
    return ExitCode::Ok;
  }
  if (!first.starts_with("failed ")) {
    console.error.line("portico upgrade: the serving process gave no answer; its log says more",
                       Style::Red);
    return ExitCode::Unavailable;
  }
  console.error.line("portico upgrade: nothing has changed; the process that served serves on",
                     Style::Red);
  console.error.print(answer.substr(std::min(answer.size(), first.size() + 1)));
  return code_of(first);
}

ExitCode upgrade(Args& args, Console& console) {
  const std::string path = std::filesystem::absolute(take_config_path(args)).string();
  if (refuse_leftovers(args, "upgrade", console)) return ExitCode::Usage;
  const std::string where = ControlSocket::address().path;
  const loop::Socket socket = connect_to(where);
  if (!socket.open()) {
    console.error.line("portico upgrade: " + where + ": " + std::strerror(errno), Style::Red);
    console.error.line(
        "No process serves there, or it is not yours; $STATE_DIRECTORY must be as it has it.");
    return ExitCode::Unavailable;
  }
  return tell(ask(socket, "upgrade " + path + "\n"), console);
}

}  // namespace

const Command UpgradeCommand = {
    "upgrade", "Lets the program as it is installed now take over.",
    "Usage: portico upgrade [-c FILE]\n"
    "\n"
    "Asks the process that serves the file to start the program anew and to hand it every\n"
    "listener. Once the new process serves, the old one lets its requests end and goes; no\n"
    "connection is refused or lost in between. When the new one does not come to serve, the old\n"
    "one serves on. Waits, and says which it was.\n"
    "\n"
    "To be run as the user that serves, or as root.\n"
    "Exit codes: 0 the new process serves, 64 usage, 69 it does not, 78 its configuration is\n"
    "wrong.\n",
    upgrade};

}  // namespace portico::cli

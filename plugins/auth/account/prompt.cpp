// SPDX-License-Identifier: Apache-2.0
#include "account/prompt.h"

#include <iostream>

#include <termios.h>
#include <unistd.h>

namespace portico::auth {
namespace {

/// The terminal shows nothing of what is typed, as long as this lives.
class Unseen {
 public:
  Unseen() {
    ::tcgetattr(STDIN_FILENO, &before_);
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
  }
  Unseen(const Unseen&) = delete;
  Unseen& operator=(const Unseen&) = delete;
  ~Unseen() { ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_); }

 private:
  termios before_{};
};

std::optional<std::string> ask(const char* question) {
  std::cerr << question << std::flush;
  const Unseen unseen;
  auto line = read_line();
  std::cerr << '\n';
  return line;
}

}  // namespace

std::optional<std::string> read_line() {
  std::string line;
  if (!std::getline(std::cin, line)) return std::nullopt;
  return line;
}

std::optional<std::string> ask_password() {
  if (::isatty(STDIN_FILENO) == 0) return std::nullopt;
  const auto first = ask("Password: ");
  const auto second = ask("Once more: ");
  return first && first == second ? first : std::nullopt;
}

}  // namespace portico::auth

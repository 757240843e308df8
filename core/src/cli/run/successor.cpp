// SPDX-License-Identifier: Apache-2.0
#include "cli/run/successor.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace portico::cli {
namespace {

constexpr int First = 3;  // Of the descriptors that are handed over.
constexpr int ExecFailed = 127;

[[nodiscard]] Error failed(const char* step) {
  return Error(std::string(step) + ": " + std::strerror(errno));
}

/// A variable whose value is the new process's own id, which nobody knows before the fork. Filled
/// in without a call that a process with other threads must not make there.
class OwnId {
 public:
  explicit OwnId(std::string_view name) : text_(name), name_size_(name.size() + 1) {
    text_ += '=';
    text_.resize(name_size_ + Digits + 1);
  }
  [[nodiscard]] char* text() noexcept { return text_.data(); }
  void fill_in(pid_t id) noexcept {
    char* const begin = text_.data() + name_size_;
    *std::to_chars(begin, begin + Digits, id).ptr = '\0';
  }

 private:
  static constexpr std::size_t Digits = 20;
  std::string text_;
  std::size_t name_size_;  // With the sign behind it.
};

/// This process's, but for what is said anew.
class Environment {
 public:
  explicit Environment(const std::vector<server::Belonging>& belongings)
      : count_("LISTEN_FDS=" + std::to_string(belongings.size())), names_("LISTEN_FDNAMES=") {
    for (const server::Belonging& belonging : belongings) {
      if (names_.back() != '=') names_ += ':';
      names_ += belonging.name;
    }
    bool watched = false;
    for (char** each = environ; *each != nullptr; ++each) {
      const std::string_view variable = *each;
      const bool said = variable.starts_with("WATCHDOG_PID=");
      watched = watched || said;
      if (!said && !variable.starts_with("LISTEN_")) pointers_.push_back(*each);
    }
    pointers_.insert(pointers_.end(), {count_.data(), names_.data(), process_.text()});
    if (watched) pointers_.push_back(watchdog_.text());
    pointers_.push_back(nullptr);
  }
  /// In the child.
  [[nodiscard]] char** of(pid_t id) noexcept {
    process_.fill_in(id);
    watchdog_.fill_in(id);
    return pointers_.data();
  }

 private:
  std::string count_;
  std::string names_;
  OwnId process_{"LISTEN_PID"};
  OwnId watchdog_{"WATCHDOG_PID"};
  std::vector<char*> pointers_;
};

/// Copies above those numbers that the new process is to have, so that none overwrites another.
[[nodiscard]] bool lift(std::vector<server::Belonging>& belongings,
                        std::vector<loop::Socket>& copies) {
  const int above = First + static_cast<int>(belongings.size());
  for (server::Belonging& each : belongings) {
    loop::Socket copy(::fcntl(each.descriptor, F_DUPFD_CLOEXEC, above));
    if (!copy.open()) return false;
    each.descriptor = copy.descriptor();
    copies.push_back(std::move(copy));
  }
  return true;
}

/// The child of a process with threads: nothing but system calls until it is the new program.
[[noreturn]] void become(char* const* words, const std::vector<server::Belonging>& belongings,
                         Environment& environment) noexcept {
  for (std::size_t i = 0; i < belongings.size(); ++i) {
    // The copies are not closed by exec, unlike everything else that is open.
    if (::dup2(belongings[i].descriptor, First + static_cast<int>(i)) < 0) ::_exit(ExecFailed);
  }
  ::execve(words[0], words, environment.of(::getpid()));
  ::_exit(ExecFailed);
}

}  // namespace

Result<Successor> Successor::start(const std::vector<std::string>& words,
                                   std::vector<server::Belonging> belongings) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return failed("pipe");
  loop::Socket near(ends[0]);
  const loop::Socket far(ends[1]);
  ::fcntl(near.descriptor(), F_SETFL, O_NONBLOCK);
  belongings.push_back({far.descriptor(), server::ReportName});
  std::vector<loop::Socket> copies;
  if (!lift(belongings, copies)) return failed("dup");
  Environment environment(belongings);
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const pid_t pid = ::fork();
  if (pid < 0) return failed("fork");
  if (pid == 0) become(arguments.data(), belongings, environment);
  loop::Socket end(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
  Successor successor(pid, std::move(near), std::move(end));
  if (successor.end() >= 0) return successor;
  const Error error = failed("pidfd_open");
  successor.kill();
  static_cast<void>(successor.reap());
  return error;
}

void Successor::kill() const noexcept { ::kill(pid_, SIGKILL); }

Successor::End Successor::reap() const noexcept {
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFSIGNALED(status)) {
    const int signal = WTERMSIG(status);
    return {std::string("was ended by ") + ::strsignal(signal), 128 + signal};
  }
  const int code = WEXITSTATUS(status);
  if (code == ExecFailed) return {"could not be run", code};
  return {"ended with exit code " + std::to_string(code), code};
}

}  // namespace portico::cli

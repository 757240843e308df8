// SPDX-License-Identifier: Apache-2.0
#include "e2e/child.h"

#include <csignal>
#include <stdexcept>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace portico::e2e {
namespace {

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

[[noreturn]] void execute(const std::vector<std::string>& words, const ChildOptions& options,
                          int output) {
  ::dup2(output, STDOUT_FILENO);
  ::dup2(output, STDERR_FILENO);
  for (const auto& [name, value] : options.environment) ::setenv(name.c_str(), value.c_str(), 1);
  if (!options.directory.empty() && ::chdir(options.directory.c_str()) != 0) ::_exit(126);
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  ::execvp(arguments[0], arguments.data());
  ::_exit(127);
}

std::string line_around(const std::string& text, std::size_t at) {
  const std::size_t begin = text.rfind('\n', at) + 1;
  return text.substr(begin, text.find('\n', at) - begin);
}

}  // namespace

Child::Child(std::vector<std::string> words, const ChildOptions& options) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) fail("pipe");
  pid_ = ::fork();
  if (pid_ < 0) fail("fork");
  if (pid_ == 0) execute(words, options, ends[1]);
  ::close(ends[1]);
  reader_ = std::thread([this, descriptor = ends[0]] { read_all(descriptor); });
}

Child::~Child() {
  if (!ended_) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, &status_, 0);
  }
  reader_.join();
}

void Child::read_all(int descriptor) {
  char buffer[4096];
  for (ssize_t size = 1; size > 0;) {
    size = ::read(descriptor, buffer, sizeof(buffer));
    const std::lock_guard lock(mutex_);
    if (size > 0) output_.append(buffer, static_cast<std::size_t>(size));
    closed_ = size <= 0;
    more_.notify_all();
  }
  ::close(descriptor);
}

std::string Child::wait_for(std::string_view text, std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  const auto complete = [&] {
    const std::size_t at = output_.find(text);
    return at != std::string::npos && output_.find('\n', at) != std::string::npos;
  };
  more_.wait_for(lock, patience, [&] { return closed_ || complete(); });
  if (complete()) return line_around(output_, output_.find(text));
  throw std::runtime_error("waited in vain for \"" + std::string(text) + "\"; printed was:\n" +
                           output_);
}

void Child::wait_for_count(std::string_view text, std::size_t times,
                           std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  const auto enough = [&] { return count_locked(text) >= times; };
  more_.wait_for(lock, patience, [&] { return closed_ || enough(); });
  if (!enough()) {
    throw std::runtime_error("waited in vain for more of \"" + std::string(text) +
                             "\"; printed was:\n" + output_);
  }
}

std::size_t Child::count(std::string_view text) const {
  const std::lock_guard lock(mutex_);
  return count_locked(text);
}

std::size_t Child::count_locked(std::string_view text) const {
  std::size_t count = 0;
  for (std::size_t at = output_.find(text); at != std::string::npos;
       at = output_.find(text, at + text.size())) {
    ++count;
  }
  return count;
}

void Child::signal(int number) const { ::kill(pid_, number); }

int Child::wait(std::chrono::milliseconds patience) {
  if (!ended_) {
    const int handle = static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0));
    if (handle < 0) fail("pidfd_open");
    pollfd waiting{handle, POLLIN, 0};
    const int ready = ::poll(&waiting, 1, static_cast<int>(patience.count()));
    ::close(handle);
    if (ready != 1) throw std::runtime_error("did not end in time; printed was:\n" + output());
    ::waitpid(pid_, &status_, 0);
    ended_ = true;
  }
  return WIFEXITED(status_) ? WEXITSTATUS(status_) : -1 - WTERMSIG(status_);
}

void Child::wait_closed() {
  std::unique_lock lock(mutex_);
  more_.wait(lock, [this] { return closed_; });
}

std::string Child::output() const {
  const std::lock_guard lock(mutex_);
  return output_;
}

Finished run(std::vector<std::string> words, const ChildOptions& options) {
  Child child(std::move(words), options);
  const int code = child.wait(std::chrono::minutes(5));
  child.wait_closed();
  return {code, child.output()};
}

}  // namespace portico::e2e

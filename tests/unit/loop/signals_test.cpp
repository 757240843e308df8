// SPDX-License-Identifier: Apache-2.0
#include "loop/signals.h"

#include "base/clock.h"

#include <functional>
#include <string>
#include <thread>

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

namespace portico::loop {
namespace {

/// Runs `body` in a process of its own, which ends with what it returns.
int exit_code_of(const std::function<int()>& body) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(body());
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}

struct Recorder {
  std::string heard;
  Loop loop{base::system_clock()};
  Signals signals{loop, handlers()};

  SignalHandlers handlers() {
    SignalHandlers handlers;
    handlers.terminate = [this] { heard += 't'; };
    handlers.end_at_once = [this](int signal) {
      heard += signal == SIGINT ? 'i' : 'e';
      loop.stop();
    };
    handlers.reload = [this] { heard += 'r'; };
    handlers.reopen_logs = [this] { heard += 'l'; };
    handlers.upgrade = [this] { heard += 'u'; };
    return handlers;
  }
};

int raise_and_run(const char* expected, std::initializer_list<int> signals) {
  block_signals();
  Recorder recorder;
  for (const int signal : signals) ::kill(::getpid(), signal);
  recorder.loop.run();
  return recorder.heard == expected ? 0 : 1;
}

TEST(Signals, CallsTheHandlerOfEachSignal) {
  EXPECT_EQ(exit_code_of([] {
              block_signals();
              Recorder recorder;
              std::thread sender([] {
                for (const int signal : {SIGHUP, SIGUSR1, SIGUSR2}) ::kill(::getpid(), signal);
              });
              sender.join();
              ::kill(::getpid(), SIGTERM);
              ::kill(::getpid(), SIGINT);
              recorder.loop.run();
              for (const char c : {'r', 'l', 'u', 't'}) {
                if (recorder.heard.find(c) == std::string::npos) return 1;
              }
              return 0;
            }),
            0);
}

TEST(Signals, EndsAtOnceOnTheSecondTermination) {
  // Of the two the kernel delivers the lower number, SIGINT, first.
  EXPECT_EQ(exit_code_of([] { return raise_and_run("te", {SIGTERM, SIGINT}); }), 0);
}

TEST(Signals, LeavesTheProcessWhenNobodyTakesTheSecondTermination) {
  EXPECT_EQ(exit_code_of([] {
              block_signals();
              Loop loop(base::system_clock());
              const Signals signals(loop, {});
              ::kill(::getpid(), SIGINT);
              ::kill(::getpid(), SIGTERM);
              loop.run();
              return 0;
            }),
            128 + SIGTERM);
}

TEST(Signals, LeavesABrokenPipeToTheWriter) {
  EXPECT_EQ(exit_code_of([] {
              block_signals();
              int ends[2];
              if (::pipe(ends) != 0) return 1;
              ::close(ends[0]);
              return ::write(ends[1], "x", 1) == -1 && errno == EPIPE ? 0 : 2;
            }),
            0);
}

}  // namespace
}  // namespace portico::loop

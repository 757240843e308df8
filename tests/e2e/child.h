// SPDX-License-Identifier: Apache-2.0
// A program that a test runs: its output is collected while it runs, and it never outlives the
// test.
#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <sys/types.h>

namespace portico::e2e {

struct ChildOptions {
  std::map<std::string, std::string> environment;  ///< Added to the test's own.
  std::string directory;                           ///< Empty: the test's own.
};

class Child {
 public:
  explicit Child(std::vector<std::string> words, const ChildOptions& options = {});
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  /// Kills it when it still runs.
  ~Child();

  /// Waits until standard output or error has a line with `text`, and returns that line; throws,
  /// with everything that was printed, when it does not come within the time or the child ends
  /// first.
  std::string wait_for(std::string_view text,
                       std::chrono::milliseconds patience = std::chrono::seconds(20));
  /// Waits until `text` was printed that often; throws like `wait_for`.
  void wait_for_count(std::string_view text, std::size_t times,
                      std::chrono::milliseconds patience = std::chrono::seconds(20));
  /// How often `text` was printed so far.
  [[nodiscard]] std::size_t count(std::string_view text) const;
  void signal(int number) const;
  /// Waits for its end; -1 - N when signal N ended it. Throws when it does not end in time.
  int wait(std::chrono::milliseconds patience = std::chrono::seconds(30));
  /// Waits until everything that it printed has been read: after its end.
  void wait_closed();
  [[nodiscard]] std::string output() const;
  [[nodiscard]] pid_t pid() const noexcept { return pid_; }

 private:
  [[nodiscard]] std::size_t count_locked(std::string_view text) const;
  void read_all(int descriptor);

  pid_t pid_ = -1;
  int status_ = 0;
  bool ended_ = false;
  mutable std::mutex mutex_;
  std::condition_variable more_;
  std::string output_;
  bool closed_ = false;
  std::thread reader_;
};

/// Runs it to its end.
struct Finished {
  int code = 0;
  std::string output;  ///< Standard output and error together.
};
Finished run(std::vector<std::string> words, const ChildOptions& options = {});

}  // namespace portico::e2e

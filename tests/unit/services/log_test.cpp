// SPDX-License-Identifier: Apache-2.0
#include "services/log/log.h"

#include "services/log/capture.h"
#include "unit/services/log_folder.h"

#include <array>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <pthread.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace portico::services {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

struct Pipe {
  Pipe() { EXPECT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0); }
  ~Pipe() {
    for (const int end : ends) {
      if (end >= 0) ::close(end);
    }
  }
  void close_reader() { ::close(std::exchange(ends[0], -1)); }
  [[nodiscard]] int reader() const { return ends[0]; }
  [[nodiscard]] int writer() const { return ends[1]; }
  std::array<int, 2> ends{-1, -1};
};

std::string read_until(int descriptor, std::string_view end) {
  std::string text;
  std::array<char, 65536> space;
  while (text.find(end) == std::string::npos) {
    const ssize_t got = ::read(descriptor, space.data(), space.size());
    if (got <= 0) break;
    text.append(space.data(), static_cast<std::size_t>(got));
  }
  return text;
}

/// The sum of all that whole records of `text` say was dropped.
std::uint64_t losses_told(std::string_view text) {
  constexpr std::string_view Before = "\"dropped ";
  constexpr std::string_view After = " records\"}\n";
  std::uint64_t sum = 0;
  for (auto at = text.find(Before); at != std::string_view::npos; at = text.find(Before, at)) {
    at += Before.size();
    std::uint64_t lost = 0;
    const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), lost);
    if (error != std::errc()) break;
    const std::string_view rest(end, text.data() + text.size());
    if (rest.starts_with(After)) sum += lost;
  }
  return sum;
}

TEST_F(LogTest, WritesRecordsInOrder) {
  Log log(to_file());
  for (int i = 0; i < 1000; ++i)
    log.write(Level::Info, "core", "record " + std::to_string(i) + ".");
  ASSERT_TRUE(log.flush(5s));
  const std::string text = content(path());
  std::size_t at = 0;
  for (int i = 0; i < 1000; ++i) {
    at = text.find("\"record " + std::to_string(i) + ".\"", at);
    ASSERT_NE(at, std::string::npos) << i;
  }
  EXPECT_EQ(log.dropped(), 0u);
}

TEST_F(LogTest, HoldsBackWhatIsBelowItsLevel) {
  Log log(to_file());
  log.write(Level::Debug, "core", "first");
  log.level(Level::Debug);
  log.write(Level::Debug, "core", "second");
  log.level(Level::Error);
  log.write(Level::Warning, "core", "third");
  log.stop();
  EXPECT_EQ(lines(content(path())), 1u);
  EXPECT_NE(content(path()).find("second"), std::string::npos);
}

TEST_F(LogTest, WritesOutEverythingWhenItStops) {
  {
    Log log(to_file());
    for (int i = 0; i < 500; ++i) log.write(Level::Info, "core", "m");
  }
  EXPECT_EQ(lines(content(path())), 500u);
}

TEST_F(LogTest, DropsWhatComesAfterItStopped) {
  Log log(to_file());
  log.stop();
  log.write(Level::Info, "core", "late");
  log.stop();
  EXPECT_EQ(log.dropped(), 1u);
  EXPECT_EQ(content(path()), "");
}

TEST_F(LogTest, LosesNoRecordOfManyThreadsAndMixesNone) {
  LogOptions options = to_file();
  options.buffer_bytes = 64 << 20;
  Log log(options);
  const std::string message(200, 'x');
  std::vector<std::thread> producers;
  for (int t = 0; t < 4; ++t) {
    producers.emplace_back([&] {
      for (int i = 0; i < 5000; ++i) log.write(Level::Info, "core", message);
    });
  }
  for (std::thread& producer : producers) producer.join();
  ASSERT_TRUE(log.flush(10s));
  std::ifstream in(path());
  std::size_t count = 0;
  for (std::string line; std::getline(in, line); ++count) {
    ASSERT_TRUE(line.ends_with(message + "\"}")) << line;
    ASSERT_TRUE(line.starts_with("{\"time\":")) << line;
  }
  EXPECT_EQ(count, 20000u);
}

TEST_F(LogTest, NeverMakesAProducerWaitForAStuckReader) {
  Pipe pipe;
  LogOptions options;
  options.descriptor = pipe.writer();
  options.buffer_bytes = 64 << 10;
  options.stop_timeout = 50ms;
  const auto begin = steady_clock::now();
  std::uint64_t dropped = 0;
  {
    Log log(options);
    for (int i = 0; i < 5000; ++i) log.write(Level::Info, "core", std::string(100, 'x'));
    dropped = log.dropped();
    EXPECT_FALSE(log.flush(1ms));
  }
  EXPECT_LT(steady_clock::now() - begin, 5s);
  EXPECT_GT(dropped, 1000u);
}

TEST_F(LogTest, ReportsDroppedRecordsOnceThereIsRoom) {
  Pipe pipe;
  LogOptions options;
  options.descriptor = pipe.writer();
  options.buffer_bytes = 64 << 10;
  Log log(options);
  while (log.dropped() < 10) log.write(Level::Info, "core", std::string(1000, 'x'));
  const std::uint64_t dropped = log.dropped();
  std::uint64_t reported = 0;
  // The pipe and the buffer fill at their own pace: there may be room, and a report, in between.
  for (std::string text; reported < dropped; reported = losses_told(text)) {
    const std::string more = read_until(pipe.reader(), "\n");
    ASSERT_NE(more, "") << reported;
    text += more;
  }
  EXPECT_EQ(reported, dropped);
}

TEST_F(LogTest, LeavesTheSharedDescriptorBlocking) {
  Pipe pipe;
  LogOptions options;
  options.descriptor = pipe.writer();
  {
    Log log(options);
    log.write(Level::Info, "core", "m");
  }
  EXPECT_EQ(::fcntl(pipe.writer(), F_GETFL) & O_NONBLOCK, 0);
  EXPECT_NE(read_until(pipe.reader(), "\n").find("\"m\""), std::string::npos);
}

TEST_F(LogTest, SurvivesAReaderThatHangsUp) {
  Pipe pipe;
  LogOptions options;
  options.descriptor = pipe.writer();
  Log log(options);
  pipe.close_reader();
  log.write(Level::Info, "core", "m");
  EXPECT_TRUE(log.flush(5s));
  EXPECT_EQ(log.dropped(), 1u);
}

TEST_F(LogTest, DoesNotWaitForAStuckSocketEither) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()), 0);
  LogOptions options;
  options.descriptor = ends[1];
  options.stop_timeout = 50ms;
  const auto begin = steady_clock::now();
  {
    Log log(options);
    for (int i = 0; i < 5000; ++i) log.write(Level::Info, "core", std::string(1000, 'x'));
  }
  EXPECT_LT(steady_clock::now() - begin, 5s);
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST_F(LogTest, AppendsWhereStandardOutputIsAFile) {
  const int file = ::open(path().c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  ASSERT_EQ(::write(file, "before\n", 7), 7);
  LogOptions options;
  options.descriptor = file;
  {
    Log log(options);
    log.write(Level::Info, "core", "m");
  }
  EXPECT_EQ(content(path()).substr(0, 8), "before\n{");
  ::close(file);
}

TEST_F(LogTest, ColoursATerminalAndNothingElse) {
  const int terminal = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (terminal < 0) GTEST_SKIP() << "this system has no pseudo-terminals (a bare chroot)";
  ASSERT_EQ(::grantpt(terminal), 0);
  ASSERT_EQ(::unlockpt(terminal), 0);
  const int line = ::open(::ptsname(terminal), O_RDWR | O_NOCTTY | O_CLOEXEC);
  ASSERT_GE(line, 0);
  LogOptions options;
  options.descriptor = line;
  options.format = LogFormat::Text;
  {
    Log log(options);
    log.write(Level::Error, "core", "m");
  }
  EXPECT_NE(read_until(terminal, "\n").find("\x1b[31merror\x1b[0m"), std::string::npos);
  ::close(line);
  ::close(terminal);
  options.descriptor = 1;
  options.file = path();
  {
    Log log(options);
    log.write(Level::Error, "core", "m");
  }
  EXPECT_EQ(content(path()).find('\x1b'), std::string::npos);
}

TEST_F(LogTest, CostsTheProducerLittle) {
  LogOptions options;
  options.file = "/dev/null";
  options.buffer_bytes = 256 << 20;
  Log log(options);
  constexpr int Count = 200'000;
  const std::array fields{Field{"route", "bookings"}, Field{"status", "200"}};
  const auto begin = steady_clock::now();
  for (int i = 0; i < Count; ++i) {
    log.write(Level::Info, "core", "GET /api/v1/bookings/17 answered", fields);
  }
  const auto spent = steady_clock::now() - begin;
  RecordProperty("nanoseconds_per_record", static_cast<int>(spent / 1ns / Count));
  std::printf("[   figure ] %d ns per record\n", static_cast<int>(spent / 1ns / Count));
  EXPECT_EQ(log.dropped(), 0u);
  EXPECT_LT(spent / Count, 100us);
}

TEST(CapturingSink, KeepsRecords) {
  CapturingSink sink;
  const std::array fields{Field{"k", "v"}};
  sink.write(Level::Warning, "core", "hello world", fields);
  ASSERT_EQ(sink.records().size(), 1u);
  EXPECT_EQ(sink.records()[0].level, Level::Warning);
  EXPECT_EQ(sink.records()[0].fields[0].second, "v");
  EXPECT_TRUE(sink.saw("world"));
  EXPECT_FALSE(sink.saw("moon"));
}

}  // namespace
}  // namespace portico::services

// SPDX-License-Identifier: Apache-2.0
#include "loop/sd_notify.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <string>

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace portico::loop {
namespace {

/// The service manager's end. "@name" is abstract.
class Listener {
 public:
  explicit Listener(const std::string& name) : name_(name) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, name.data(), name.size());
    if (name[0] == '@') address.sun_path[0] = '\0';
    descriptor_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
    EXPECT_EQ(::bind(descriptor_, reinterpret_cast<const sockaddr*>(&address), length), 0);
  }
  ~Listener() {
    ::close(descriptor_);
    if (name_[0] != '@') ::unlink(name_.c_str());
  }
  std::string next() const {
    std::array<char, 4096> space;
    const ssize_t got = ::recv(descriptor_, space.data(), space.size(), 0);
    return got < 0 ? "nothing" : std::string(space.data(), static_cast<std::size_t>(got));
  }

 private:
  std::string name_;
  int descriptor_;
};

std::string unique(const std::string& prefix) { return prefix + std::to_string(::getpid()); }

TEST(ServiceManager, IsToldEachState) {
  const std::string name = unique(testing::TempDir() + "portico-notify-");
  const Listener listener(name);
  const ServiceManager manager(name);
  EXPECT_TRUE(manager.ready("serving"));
  EXPECT_EQ(listener.next(), "READY=1\nSTATUS=serving");
  EXPECT_TRUE(manager.reloading());
  const std::string reloading = listener.next();
  ASSERT_TRUE(reloading.starts_with("RELOADING=1\nMONOTONIC_USEC=")) << reloading;
  EXPECT_GT(std::stoll(reloading.substr(reloading.rfind('=') + 1)), 0);
  EXPECT_TRUE(manager.stopping("draining"));
  EXPECT_EQ(listener.next(), "STOPPING=1\nSTATUS=draining");
  EXPECT_TRUE(manager.status("two\nlines"));
  EXPECT_EQ(listener.next(), "STATUS=two lines");
}

TEST(ServiceManager, IsReachedAtAnAbstractAddress) {
  const std::string name = unique("@portico-notify-");
  const Listener listener(name);
  EXPECT_TRUE(ServiceManager(name).send("MAINPID=7"));
  EXPECT_EQ(listener.next(), "MAINPID=7");
}

TEST(ServiceManager, IsFoundInTheEnvironment) {
  const std::string name = unique("@portico-notify-env-");
  const Listener listener(name);
  ASSERT_EQ(::setenv("NOTIFY_SOCKET", name.c_str(), 1), 0);
  EXPECT_TRUE(ServiceManager().ready("r"));
  ::unsetenv("NOTIFY_SOCKET");
  EXPECT_EQ(listener.next(), "READY=1\nSTATUS=r");
}

TEST(ServiceManager, IsOptional) {
  ::unsetenv("NOTIFY_SOCKET");
  EXPECT_FALSE(ServiceManager().ready("r"));
  EXPECT_FALSE(ServiceManager("relative").ready("r"));
  EXPECT_FALSE(ServiceManager("/nonexistent/socket").ready("r"));
  EXPECT_FALSE(ServiceManager("/" + std::string(200, 'x')).ready("r"));
}

/// A variable of the environment, for the time of a test.
class Variable {
 public:
  Variable(const char* name, const std::string& value) : name_(name) {
    ::setenv(name, value.c_str(), 1);
  }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;
  ~Variable() { ::unsetenv(name_); }

 private:
  const char* name_;
};

TEST(ServiceManager, SaysHowLongItWaitsForASignOfLife) {
  EXPECT_FALSE(watchdog_patience());
  const Variable time("WATCHDOG_USEC", "30000000");
  EXPECT_EQ(watchdog_patience(), std::chrono::seconds(30));
  {
    const Variable own("WATCHDOG_PID", std::to_string(::getpid()));
    EXPECT_EQ(watchdog_patience(), std::chrono::seconds(30));
  }
  const Variable foreign("WATCHDOG_PID", "1");
  EXPECT_FALSE(watchdog_patience());
}

TEST(ServiceManager, WaitsForNoSignOfLifeWhenItsTimeIsNoNumber) {
  for (const char* text : {"", "0", "-1", "1s"}) {
    const Variable time("WATCHDOG_USEC", text);
    EXPECT_FALSE(watchdog_patience()) << text;
  }
}

}  // namespace
}  // namespace portico::loop

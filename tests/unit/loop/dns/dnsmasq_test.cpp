// SPDX-License-Identifier: Apache-2.0
// Against a name server that others wrote.
#include "unit/loop/dns/resolver_fixture.h"

#include <array>
#include <memory>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>

namespace portico::loop::dns {
namespace {

constexpr const char* Program = "/usr/sbin/dnsmasq";

/// Ends with the test.
class Dnsmasq {
 public:
  explicit Dnsmasq(std::vector<std::string> words) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe");
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
    std::vector<char*> pointers{const_cast<char*>(Program)};
    for (std::string& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    const int error = ::posix_spawn(&pid_, Program, &actions, nullptr, pointers.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    output_ = ends[0];
    if (error != 0) pid_ = -1;
  }
  Dnsmasq(const Dnsmasq&) = delete;
  Dnsmasq& operator=(const Dnsmasq&) = delete;
  ~Dnsmasq() {
    if (pid_ > 0) {
      ::kill(pid_, SIGKILL);
      ::waitpid(pid_, nullptr, 0);
    }
    ::close(output_);
  }

  /// False when it ends instead.
  bool started() {
    pollfd waiting{.fd = output_, .events = POLLIN, .revents = 0};
    while (said_.find("started, version") == std::string::npos) {
      std::array<char, 4096> buffer{};
      if (::poll(&waiting, 1, 10'000) != 1) return false;
      const ssize_t got = ::read(output_, buffer.data(), buffer.size());
      if (got <= 0) return false;
      said_.append(buffer.data(), static_cast<std::size_t>(got));
    }
    return true;
  }
  [[nodiscard]] const std::string& said() const noexcept { return said_; }

 private:
  pid_t pid_ = -1;
  int output_ = -1;
  std::string said_;
};

class WithDnsmasq : public ResolverFixture {
 protected:
  void SetUp() override {
    // A port that was free a moment ago may be somebody's now.
    for (int attempt = 0; attempt < 5; ++attempt) {
      const int port = NameServer(loop_).port();
      options_.servers = {"127.0.0.1:" + std::to_string(port)};
      dnsmasq_ = std::make_unique<Dnsmasq>(words_for(port));
      if (dnsmasq_->started()) return;
    }
    FAIL() << Program << " (dnsmasq-base): " << dnsmasq_->said();
  }

  static std::vector<std::string> words_for(int port) {
    std::vector<std::string> words{"--no-daemon",
                                   "--listen-address=127.0.0.1",
                                   "--bind-interfaces",
                                   "--no-resolv",
                                   "--no-hosts",
                                   "--conf-file=/dev/null",
                                   "--pid-file=",
                                   "--local=/test/",
                                   "--cache-size=0",
                                   "--port=" + std::to_string(port),
                                   "--host-record=both.test,10.0.0.1,fd00::1,77",
                                   "--host-record=four.test,10.0.0.4,20",
                                   "--cname=alias.test,four.test,10",
                                   "--txt-record=text.test,x",
                                   "--local-ttl=33",
                                   "--srv-host=_http._tcp.web.test,four.test,8080,10,60",
                                   "--srv-host=_http._tcp.web.test,both.test,8081,20,0"};
    for (int i = 0; i < 100; ++i) {
      words.push_back("--host-record=many.test,10.0.0." + std::to_string(i + 1));
    }
    return words;
  }

  std::unique_ptr<Dnsmasq> dnsmasq_;
};

TEST_F(WithDnsmasq, FindsAddressesOfBothVersions) {
  const Addresses answer = addresses_of("both.test");
  EXPECT_EQ(answer.outcome, Outcome::Found);
  EXPECT_EQ(answer.found.size(), 2U);
  EXPECT_EQ(answer.found[0], four(1));
  EXPECT_EQ(answer.ttl, 77s);
}

TEST_F(WithDnsmasq, FollowsAnAlias) {
  const Addresses answer = addresses_of("alias.test");
  EXPECT_EQ(answer.found, std::vector<Address>{four(4)});
  EXPECT_EQ(answer.ttl, 10s);
}

TEST_F(WithDnsmasq, FindsServices) {
  const Services answer = services_of("_http._tcp.web.test");
  EXPECT_EQ(answer.found, (std::vector<Service>{{10, 60, 8080, "four.test"},  //
                                                {20, 0, 8081, "both.test"}}));
  EXPECT_EQ(answer.ttl, 33s);
}

TEST_F(WithDnsmasq, HearsThatThereIsNothing) {
  EXPECT_EQ(addresses_of("gone.test").outcome, Outcome::NoSuchName);
  EXPECT_EQ(addresses_of("text.test").outcome, Outcome::NoData);
  EXPECT_EQ(services_of("four.test").outcome, Outcome::NoData);
  EXPECT_EQ(addresses_of("elsewhere.example").outcome, Outcome::Refused);
}

TEST_F(WithDnsmasq, TakesAnAnswerOfManyDatagramsByStream) {
  EXPECT_EQ(addresses_of("many.test").found.size(), 100U);
}

}  // namespace
}  // namespace portico::loop::dns

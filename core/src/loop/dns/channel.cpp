// SPDX-License-Identifier: Apache-2.0
#include "loop/dns/channel.h"

#include <algorithm>
#include <new>
#include <stdexcept>

#include <ares.h>
#include <netinet/in.h>
#include <sys/time.h>

namespace portico::loop::dns {
namespace {

constexpr int ClassInternet = 1;
/// What fits into every packet on the way, so that no answer comes in fragments, which can be
/// forged (DNS flag day 2020).
constexpr int LargestDatagram = 1232;

[[nodiscard]] Outcome outcome_of(int status) noexcept {
  switch (status) {
    case ARES_SUCCESS: return Outcome::Found;
    case ARES_ENOTFOUND: return Outcome::NoSuchName;
    case ARES_ENODATA: return Outcome::NoData;
    case ARES_EBADRESP: return Outcome::Malformed;
    case ARES_EBADNAME: return Outcome::BadName;
    case ARES_ETIMEOUT:
    case ARES_ECANCELLED:
    case ARES_EDESTRUCTION: return Outcome::TimedOut;
    default: return Outcome::Refused;
  }
}

/// Once, before any channel: it is not thread-safe.
void prepare_library() {
  static const int status = ::ares_library_init(ARES_LIB_INIT_ALL);
  if (status != ARES_SUCCESS) throw std::runtime_error(::ares_strerror(status));
}

void check(int status, const char* what) {
  if (status == ARES_ENOMEM) throw std::bad_alloc();
  if (status != ARES_SUCCESS)
    throw std::runtime_error(std::string(what) + ": " + ::ares_strerror(status));
}

[[nodiscard]] Address address_of(const sockaddr& address) noexcept {
  Address result{};
  if (address.sa_family == AF_INET6) {
    const auto& six = reinterpret_cast<const sockaddr_in6&>(address);
    std::ranges::copy(six.sin6_addr.s6_addr, result.begin());
  } else {
    const auto& four = reinterpret_cast<const sockaddr_in&>(address).sin_addr;
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(&four);
    result[10] = result[11] = 0xff;
    std::copy_n(bytes, sizeof four, result.begin() + 12);
  }
  return result;
}

}  // namespace

Channel::Channel(Loop& loop, const Options& options) : loop_(loop), sockets_(loop, *this) {
  prepare_library();
  Owner::ready = [](Owner& owner, int descriptor, bool readable, bool writable) noexcept {
    auto& self = static_cast<Channel&>(owner);
    ::ares_process_fd(self.ares_, readable ? descriptor : ARES_SOCKET_BAD,
                      writable ? descriptor : ARES_SOCKET_BAD);
    self.rearm();
  };
  fire = [](Timer& timer) noexcept {
    auto& self = static_cast<Channel&>(timer);
    ::ares_process_fd(self.ares_, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
    self.rearm();
  };
  open(options);
  try {
    set_servers(options);
    read_search();
  } catch (...) {
    ::ares_destroy(ares_);
    throw;
  }
}

Channel::~Channel() {
  loop_.timers().disarm(*this);
  ::ares_destroy(ares_);
}

void Channel::open(const Options& options) {
  std::string resolv_conf = options.resolv_conf;
  std::string hosts_only = "f";
  ares_options given{};
  given.flags = ARES_FLAG_NOALIASES | ARES_FLAG_EDNS;
  given.ednspsz = LargestDatagram;
  given.timeout = static_cast<int>(options.patience.count());
  given.tries = options.tries;
  // Only `ares_getaddrinfo` looks at it, which reads the hosts file for us and nothing else.
  given.lookups = hosts_only.data();
  given.resolvconf_path = resolv_conf.data();
  given.sock_state_cb = [](void* self, ares_socket_t descriptor, int readable, int writable) {
    static_cast<Channel*>(self)->sockets_.mind(descriptor, readable != 0, writable != 0);
  };
  given.sock_state_cb_data = this;
  check(
      ::ares_init_options(&ares_, &given,
                          ARES_OPT_FLAGS | ARES_OPT_EDNSPSZ | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES |
                              ARES_OPT_LOOKUPS | ARES_OPT_RESOLVCONF | ARES_OPT_SOCK_STATE_CB),
      "name resolution");
}

void Channel::set_servers(const Options& options) {
  if (options.servers.empty()) return;
  std::string list;
  for (const std::string& server : options.servers) {
    if (!list.empty()) list += ',';
    list += server;
  }
  if (::ares_set_servers_ports_csv(ares_, list.c_str()) != ARES_SUCCESS)
    throw std::invalid_argument("no list of name servers: " + list);
}

void Channel::read_search() {
  ares_options saved{};
  int mask = 0;
  const int status = ::ares_save_options(ares_, &saved, &mask);
  if (status == ARES_SUCCESS) {
    search_.dots = static_cast<std::size_t>(std::max(saved.ndots, 0));
    search_.domains.assign(saved.domains, saved.domains + saved.ndomains);
  }
  ::ares_destroy_options(&saved);
  check(status, "search domains");
}

void Channel::ask(const std::string& name, RecordType type, Question& question) noexcept {
  question.channel = this;
  ++open_questions_;
  ::ares_query(ares_, name.c_str(), ClassInternet, static_cast<int>(type), &Channel::hear,
               &question);
  rearm();
}

void Channel::hear(void* question, int status, int, unsigned char* message, int size) {
  auto& asked = *static_cast<Question*>(question);
  --asked.channel->open_questions_;
  Reply reply{.outcome = outcome_of(status), .message = {}};
  if (status == ARES_SUCCESS) reply.message = {message, static_cast<std::size_t>(size)};
  asked.answered(asked, reply);
}

void Channel::rearm() noexcept {
  timeval room{};
  const timeval* due = ::ares_timeout(ares_, nullptr, &room);
  if (due == nullptr) return loop_.timers().disarm(*this);
  const auto wait = std::chrono::seconds(due->tv_sec) + std::chrono::microseconds(due->tv_usec);
  loop_.timers().move(*this, loop_.clock().now() + wait);
}

std::optional<Addresses> Channel::in_hosts(const std::string& name) {
  std::optional<Addresses> answer;
  ares_addrinfo_hints hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_flags = ARES_AI_NOSORT | ARES_AI_ENVHOSTS;
  const auto take = [](void* pointer, int status, int, ares_addrinfo* list) {
    if (status != ARES_SUCCESS) return;
    auto& found = *static_cast<std::optional<Addresses>*>(pointer);
    found = Addresses{.outcome = Outcome::Found, .ttl = {}, .found = {}};
    for (const auto* node = list->nodes; node != nullptr; node = node->ai_next) {
      if (found->found.size() < MostRecords) found->found.push_back(address_of(*node->ai_addr));
    }
    ::ares_freeaddrinfo(list);
  };
  // With the hosts file alone to look into, it calls back at once.
  ::ares_getaddrinfo(ares_, name.c_str(), nullptr, &hints, take, &answer);
  return answer;
}

}  // namespace portico::loop::dns

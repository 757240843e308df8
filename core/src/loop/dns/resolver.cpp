// SPDX-License-Identifier: Apache-2.0
#include "loop/dns/resolver.h"

#include "loop/dns/message.h"
#include "loop/dns/name.h"

#include <algorithm>
#include <array>
#include <exception>
#include <iterator>
#include <string>
#include <utility>

namespace portico::loop::dns {
namespace {

constexpr std::array AddressTypes{RecordType::A, RecordType::Aaaa};
constexpr std::array ServiceTypes{RecordType::Service};
constexpr Address Loopback4{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 127, 0, 0, 1};
constexpr Address Loopback6{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

[[nodiscard]] struct stat facts_of(const std::string& path) noexcept {
  struct stat facts {};
  if (::stat(path.c_str(), &facts) != 0) facts = {};
  return facts;
}

[[nodiscard]] bool same(const struct stat& left, const struct stat& right) noexcept {
  return left.st_ino == right.st_ino && left.st_dev == right.st_dev &&
         left.st_size == right.st_size && left.st_mtim.tv_sec == right.st_mtim.tv_sec &&
         left.st_mtim.tv_nsec == right.st_mtim.tv_nsec;
}

[[nodiscard]] Addresses read_as(RecordType type, std::span<const std::uint8_t> message,
                                const Addresses&) {
  return read_addresses(message, type);
}
[[nodiscard]] Services read_as(RecordType, std::span<const std::uint8_t> message, const Services&) {
  return read_services(message);
}

}  // namespace

template <class T>
class Resolver::Of final : public Inquiry {
 public:
  Of(Loop& loop, Home& home, Callable<void(Answer<T>)> done) noexcept
      : Inquiry(loop, home), done_(std::move(done)) {}

  void keep(Answer<T> more) {
    answer_.ttl = answer_.found.empty() ? more.ttl : std::min(answer_.ttl, more.ttl);
    const std::size_t room = MostRecords - answer_.found.size();
    std::move(more.found.begin(),
              more.found.begin() + static_cast<std::ptrdiff_t>(std::min(room, more.found.size())),
              std::back_inserter(answer_.found));
  }

 private:
  Outcome read(RecordType type, std::span<const std::uint8_t> message) override {
    Answer<T> more = read_as(type, message, answer_);
    const Outcome outcome = more.outcome;
    if (outcome == Outcome::Found) keep(std::move(more));
    return outcome;
  }

  void deliver(Outcome outcome) noexcept override {
    auto done = std::move(done_);
    Answer<T> answer = outcome == Outcome::Found ? std::move(answer_) : Answer<T>{};
    answer.outcome = outcome;
    std::ranges::sort(answer.found);
    const auto again = std::ranges::unique(answer.found);
    answer.found.erase(again.begin(), again.end());
    finish();
    done(std::move(answer));
  }

  Callable<void(Answer<T>)> done_;
  Answer<T> answer_;
};

Resolver::Resolver(Loop& loop, Options options)
    : loop_(loop),
      options_(std::move(options)),
      read_from_(facts_of(options_.resolv_conf)),
      channel_(std::make_unique<Channel>(loop_, options_)) {
  leave = [](Home& home, Inquiry& gone) noexcept {
    std::erase_if(static_cast<Resolver&>(home).inquiries_,
                  [&gone](const auto& inquiry) { return inquiry.get() == &gone; });
  };
}

/// The channel answers what is still open, so it goes before the inquiries that wait for it.
Resolver::~Resolver() {
  leave = [](Home&, Inquiry&) noexcept {};
  for (const auto& inquiry : inquiries_) inquiry->silence();
  channel_.reset();
}

template <class T>
Resolver::Of<T>& Resolver::add(Callable<void(Answer<T>)> done) {
  follow_system();
  Home& home = *this;
  auto inquiry = std::make_unique<Of<T>>(loop_, home, std::move(done));
  Of<T>& result = *inquiry;
  inquiries_.push_back(std::move(inquiry));
  return result;
}

/// c-ares of Debian 12 reads resolv.conf once; networks change, and gateways run for months. A new
/// file that cannot be used leaves us with what we have.
void Resolver::follow_system() {
  const struct stat facts = facts_of(options_.resolv_conf);
  if (same(facts, read_from_) || !channel_->idle()) return;
  read_from_ = facts;
  try {
    channel_ = std::make_unique<Channel>(loop_, options_);
  } catch (const std::exception&) {
    return;
  }
}

Lookup Resolver::addresses(std::string_view name, Callable<void(Addresses)> done) {
  auto& inquiry = add<Address>(std::move(done));
  Lookup lookup(inquiry);
  if (!is_name(name)) {
    inquiry.conclude(Outcome::BadName);
    return lookup;
  }
  const std::string_view bare = name.substr(0, name.size() - (name.ends_with('.') ? 1 : 0));
  // Whatever a file says of it (RFC 6761); and c-ares 1.18 leaks what it answers when none does.
  if (is_own_name(name)) {
    inquiry.keep({.outcome = Outcome::Found, .found = {Loopback4, Loopback6}});
    inquiry.conclude(Outcome::Found);
    return lookup;
  }
  if (auto known = channel_->in_hosts(std::string(bare))) {
    inquiry.keep(std::move(*known));
    inquiry.conclude(Outcome::Found);
    return lookup;
  }
  inquiry.begin(*channel_, names_to_try(name, channel_->search()), AddressTypes, options_.deadline);
  return lookup;
}

Lookup Resolver::services(std::string_view name, Callable<void(Services)> done) {
  auto& inquiry = add<Service>(std::move(done));
  Lookup lookup(inquiry);
  if (!is_name(name)) {
    inquiry.conclude(Outcome::BadName);
  } else {
    inquiry.begin(*channel_, names_to_try(name, channel_->search()), ServiceTypes,
                  options_.deadline);
  }
  return lookup;
}

}  // namespace portico::loop::dns

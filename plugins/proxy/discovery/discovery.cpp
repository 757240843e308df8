// SPDX-License-Identifier: Apache-2.0
#include "discovery/discovery.h"

#include "upstream/target_url.h"
#include <portico/fetch.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <utility>

namespace portico::proxy {
namespace {

/// How soon a question that failed is asked again.
constexpr std::chrono::seconds Again{5};

std::string stamp_of(const std::string& path) {
  std::error_code error;
  const auto time = std::filesystem::last_write_time(path, error);
  if (error) return {};
  const auto size = std::filesystem::file_size(path, error);
  return std::to_string(time.time_since_epoch().count()) + ' ' + std::to_string(size);
}

}  // namespace

/// The targets of one SRV answer, whose addresses are asked for one by one.
struct Discovery::Round {
  std::vector<Resolved::Service> services;
  std::vector<Found> found;
  std::chrono::seconds life{0};
  std::size_t left = 0;
  std::string error;
};

Discovery::Discovery(const DiscoverySettings& settings, std::string group, Host& host,
                     Callable<void(const std::vector<Found>&)> changed)
    : settings_(settings),
      scheme_(settings.scheme == "https" ? Scheme::Https : Scheme::Http),
      group_(std::move(group)),
      host_(host),
      changed_(std::move(changed)) {}

Discovery::~Discovery() = default;

void Discovery::tick() {
  {
    const std::scoped_lock lock(mutex_);
    if (asked_ || due_ > host_.now()) return;
    asked_ = true;
  }
  if (settings_.file.empty()) {
    ask();
  } else {
    read_file();
  }
}

void Discovery::ask() {
  if (settings_.record == DiscoverySettings::Kind::Service) {
    host_.resolve(settings_.dns, Record::Service,
                  [this](const Resolved& answer) { hear_services(answer); });
  } else {
    host_.resolve(settings_.dns, Record::Address,
                  [this](const Resolved& answer) { hear_addresses(answer); });
  }
}

void Discovery::hear_addresses(const Resolved& answer) {
  if (!answer.error.empty()) return fail(answer.error);
  if (answer.addresses.empty()) return fail("the name has no address");
  std::vector<Found> found;
  found.reserve(answer.addresses.size());
  for (const std::string& address : answer.addresses) {
    found.push_back({.address = with_port(address, settings_.port),
                     .authority = authority_of(settings_.dns, settings_.port, scheme_)});
  }
  settle(std::move(found), answer.ttl);
}

void Discovery::hear_services(const Resolved& answer) {
  if (!answer.error.empty()) return fail(answer.error);
  if (answer.services.empty()) return fail("the name has no service");
  const auto round = std::make_shared<Round>();
  round->services = answer.services;
  round->life = answer.ttl;
  round->left = answer.services.size();
  for (std::size_t i = 0; i < round->services.size(); ++i) {
    host_.resolve(round->services[i].target, Record::Address,
                  [this, round, i](const Resolved& target) { hear_target(round, i, target); });
  }
}

/// All of these come one after the other, on one thread.
void Discovery::hear_target(const std::shared_ptr<Round>& round, std::size_t at,
                            const Resolved& answer) {
  const Resolved::Service& service = round->services[at];
  if (!answer.error.empty()) round->error = service.target + ": " + answer.error;
  if (answer.error.empty()) round->life = std::min(round->life, answer.ttl);
  for (const std::string& address : answer.addresses) {
    round->found.push_back({.address = with_port(address, service.port),
                            .authority = authority_of(service.target, service.port, scheme_),
                            .weight = std::max<std::uint32_t>(service.weight, 1),
                            .priority = service.priority});
  }
  if (--round->left != 0) return;
  if (!round->error.empty()) return fail(round->error);
  if (round->found.empty()) return fail("no target of the service has an address");
  settle(std::move(round->found), round->life);
}

void Discovery::read_file() {
  const std::string stamp = stamp_of(settings_.file);
  if (stamp.empty()) return fail("the file cannot be read");
  {
    const std::scoped_lock lock(mutex_);
    if (stamp == stamp_) {
      asked_ = false;
      due_ = host_.now() + std::chrono::seconds(1);
      return;
    }
    stamp_ = stamp;
  }
  try {
    std::ifstream file(settings_.file);
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    std::vector<Found> found = read_targets(text);
    if (found.empty()) return fail("the file names no target");
    settle(std::move(found), std::chrono::seconds(1));
  } catch (const std::runtime_error& error) {
    fail(error.what());
  }
}

void Discovery::settle(std::vector<Found> found, std::chrono::seconds life) {
  std::ranges::sort(found);
  const auto repeated = std::ranges::unique(found);
  found.erase(repeated.begin(), repeated.end());
  bool is_new = false;
  bool was_failing = false;
  {
    const std::scoped_lock lock(mutex_);
    const bool from_file = !settings_.file.empty();
    asked_ = false;
    due_ = host_.now() +
           (from_file ? Time(life)
                      : std::clamp(Time(life), Time(settings_.least), Time(settings_.longest)));
    was_failing = std::exchange(failing_, false);
    is_new = found != found_;
    if (is_new) found_ = found;
  }
  if (was_failing) host_.log(Level::Info, "upstream " + group_ + ": its targets are found again");
  if (!is_new) return;
  host_.log(Level::Info,
            "upstream " + group_ + ": " + std::to_string(found.size()) + " targets were found");
  changed_(found);
}

void Discovery::fail(std::string_view why) {
  bool first = false;
  bool some = false;
  {
    const std::scoped_lock lock(mutex_);
    asked_ = false;
    due_ = host_.now() + std::min<Time>(Again, settings_.longest);
    first = !std::exchange(failing_, true);
    some = !found_.empty();
  }
  if (!first) return;
  host_.log(Level::Warning, "upstream " + group_ + ": its targets cannot be found, " +
                                std::string(why) + "; " +
                                (some ? "the last ones stay" : "there are none yet"));
}

}  // namespace portico::proxy

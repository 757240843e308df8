// SPDX-License-Identifier: Apache-2.0
#include "issuers/remote_keys.h"

#include <string>
#include <utility>

namespace portico::auth {

RemoteKeys::RemoteKeys(const IssuerSettings& settings, std::shared_ptr<KeyShelf> shelf, Host& host)
    : settings_(settings),
      shelf_(std::move(shelf)),
      host_(host),
      fetched_(host.counter("keys_fetched_total", "Fetches of issuers' keys.",
                            {{"issuer", settings.issuer}, {"result", "ok"}})),
      failed_(host.counter("keys_fetched_total", "Fetches of issuers' keys.",
                           {{"issuer", settings.issuer}, {"result", "failed"}})) {}

void RemoteKeys::tick() {
  {
    const std::lock_guard lock(mutex_);
    if (under_way_ || host_.now() < next_) return;
    under_way_ = true;
  }
  fetch();
}

RemoteKeys::Hope RemoteKeys::missed(std::string_view name) {
  {
    const std::lock_guard lock(mutex_);
    if (under_way_) return Hope::Soon;
    if (!unknown_.grant_fetch(name, host_.now())) return Hope::None;
    under_way_ = true;
  }
  fetch();
  return Hope::Soon;
}

// Without the lock: a fetch may have ended when the call returns.
void RemoteKeys::fetch() {
  Fetch order;
  order.url = settings_.jwks->text;
  order.headers.emplace_back("Accept", "application/jwk-set+json, application/json");
  order.timeout = settings_.timeout;
  order.most_bytes = KeySet::MostTextSize;
  order.internal = settings_.internal;
  host_.fetch(order, [this](const Fetched& answer) { take(answer); });
}

void RemoteKeys::take(const Fetched& answer) {
  if (!answer.ok()) return fail(answer.error);
  if (answer.status != Status::Ok) {
    return fail("status " + std::to_string(static_cast<unsigned>(answer.status)));
  }
  auto keys = KeySet::parse(answer.body);
  if (!keys) return fail(keys.error().sentence);
  for (const std::string& why : keys->passed_over()) {
    host_.log(Level::Debug, "a key of " + settings_.issuer + " is of no use here: " + why);
  }
  if (keys->keys().empty()) {
    host_.log(Level::Warning, settings_.issuer + " publishes no key that we can use");
  }
  fetched_.add();
  const std::size_t count = keys->keys().size();
  const bool changed = shelf_->put(*std::move(keys), answer.body);
  if (changed) {
    host_.log(Level::Info, settings_.issuer + " has " + std::to_string(count) + " keys now");
  }
  settle(settings_.refresh);
  if (!changed) return;
  const std::lock_guard lock(mutex_);
  unknown_.forget();
}

void RemoteKeys::fail(std::string_view why) {
  failed_.add();
  const bool any = shelf_->version() > 0;
  host_.log(Level::Warning,
            "the keys of " + settings_.issuer + " cannot be fetched from " +
                settings_.jwks->masked() + ": " + std::string(why) +
                (any ? "; those from before stay" : "; there are none, so its tokens get 503"));
  settle(any ? UnknownKeys::CoolDown : Retry);
}

void RemoteKeys::settle(std::chrono::nanoseconds wait) {
  const std::lock_guard lock(mutex_);
  under_way_ = false;
  next_ = host_.now() + wait;
}

}  // namespace portico::auth

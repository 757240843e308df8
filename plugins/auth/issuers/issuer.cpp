// SPDX-License-Identifier: Apache-2.0
#include "issuers/issuer.h"

#include <stdexcept>
#include <utility>

namespace portico::auth {
namespace {

template <class T>
T taken(Result<T> result, const std::string& issuer) {
  if (result) return *std::move(result);
  throw std::invalid_argument("the keys of the issuer " + issuer +
                              " are no good: " + result.error().sentence);
}

KeySet set_of(Key key) {
  KeySet set;
  if (!set.add(std::move(key))) throw std::invalid_argument("a key does not fit into its set");
  return set;
}

/// From `keys` of the file, or from its secret.
KeySet written_keys(const IssuerSettings& settings) {
  if (!settings.shared_secret.empty()) {
    return set_of(taken(Key::from_secret(settings.shared_secret.reveal()), settings.issuer));
  }
  if (settings.keys.find("-----BEGIN") != std::string::npos) {
    return set_of(taken(Key::from_pem(settings.keys), settings.issuer));
  }
  KeySet set = taken(KeySet::parse(settings.keys), settings.issuer);
  if (!set.keys().empty()) return set;
  std::string why;
  for (const std::string& each : set.passed_over()) why += "; " + each;
  throw std::invalid_argument("`keys` of the issuer " + settings.issuer +
                              " has no key that we can use" + why);
}

}  // namespace

Issuer::Issuer(const IssuerSettings& settings, std::chrono::seconds leeway, Host& host)
    : rules_{.issuer = settings.issuer,
             .audiences = settings.audience,
             .types = settings.types,
             .leeway = leeway},
      subject_prefix_(settings.subject_prefix) {
  if (!settings.jwks) {
    take_keys(settings);
    return;
  }
  // By both: keys of another place, or for another issuer, are other keys.
  shelf_ = host.keep<KeyShelf>("keys " + settings.jwks->text + " of " + settings.issuer,
                               [] { return std::make_shared<KeyShelf>(); });
  remote_ = std::make_unique<RemoteKeys>(settings, shelf_, host);
}

Issuer::Issuer(Rules rules, std::shared_ptr<KeyShelf> shelf)
    : rules_(std::move(rules)), whose_(Whose::Ours), shelf_(std::move(shelf)) {}

void Issuer::take_keys(const IssuerSettings& settings) {
  shelf_ = std::make_shared<KeyShelf>();
  KeySet set = written_keys(settings);
  any_name_ = settings.keys.find('{') == std::string::npos;
  static_cast<void>(shelf_->put(std::move(set), settings.keys));
}

const Key* Issuer::pick(const KeySet& set, std::string_view name) const noexcept {
  if (any_name_ || name.empty()) return set.only();
  return set.find(name);
}

Issuer::Found Issuer::find_key(const Header& header) {
  // The version first: a set that is newer than it says is verified by once more, and no harm done.
  Found found{.version = shelf_->version(), .set = shelf_->keys()};
  if (found.set != nullptr) found.key = pick(*found.set, header.key_id);
  if (found.key != nullptr) {
    found.what = Found::What::Key;
    return found;
  }
  if (remote_ != nullptr && remote_->missed(header.key_id) == RemoteKeys::Hope::Soon) {
    found.what = Found::What::Coming;
  } else if (found.set == nullptr) {
    found.what = Found::What::Unavailable;
  }
  return found;
}

bool Issuer::has_key(std::string_view id) const {
  const auto set = shelf_->keys();
  return set != nullptr && pick(*set, id) != nullptr;
}

void Issuer::tick() {
  if (remote_ != nullptr) remote_->tick();
}

}  // namespace portico::auth

// SPDX-License-Identifier: Apache-2.0
// One whose tokens are accepted: what they must say, and the keys that they are signed with.
#pragma once

#include "issuers/issuer_settings.h"
#include "issuers/key_shelf.h"
#include "issuers/remote_keys.h"
#include "jose/rules.h"
#include "jose/token.h"
#include <portico/host.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

namespace portico::auth {

class Issuer {
 public:
  /// Ours are the tokens that this gateway signs: what is revoked here concerns them.
  enum class Whose : std::uint8_t { Ours, Foreign };

  /// A foreign one. Throws std::invalid_argument for keys that are none. `settings` must last as
  /// long as this.
  Issuer(const IssuerSettings& settings, std::chrono::seconds leeway, Host& host);
  /// Our own; whoever has the keys puts them on the shelf.
  Issuer(Rules rules, std::shared_ptr<KeyShelf> shelf);

  [[nodiscard]] const std::string& name() const noexcept { return rules_.issuer; }
  [[nodiscard]] const Rules& rules() const noexcept { return rules_; }
  [[nodiscard]] const std::string& subject_prefix() const noexcept { return subject_prefix_; }
  [[nodiscard]] Whose whose() const noexcept { return whose_; }
  /// Of its keys.
  [[nodiscard]] std::uint64_t version() const noexcept { return shelf_->version(); }

  struct Found {
    enum class What : std::uint8_t {
      Key,
      Unknown,      ///< It has none of that name.
      Coming,       ///< A fetch is under way that may bring it.
      Unavailable,  ///< Its keys were never got.
    };
    What what = What::Unknown;
    std::uint64_t version = 0;
    std::shared_ptr<const KeySet> set{};  ///< Holds the key.
    const Key* key = nullptr;
  };
  /// On a loop.
  [[nodiscard]] Found find_key(const Header& header);

  /// Whether there is still a key of that name.
  [[nodiscard]] bool has_key(std::string_view id) const;

  /// Every `RemoteKeys::Step`, from `start` on.
  void tick();

 private:
  void take_keys(const IssuerSettings& settings);
  [[nodiscard]] const Key* pick(const KeySet& set, std::string_view name) const noexcept;

  Rules rules_;
  std::string subject_prefix_;
  Whose whose_ = Whose::Foreign;
  bool any_name_ = false;            // One key that was written down: whatever tokens call it.
  std::shared_ptr<KeyShelf> shelf_;  // With instances before and after this one.
  std::unique_ptr<RemoteKeys> remote_;
};

}  // namespace portico::auth

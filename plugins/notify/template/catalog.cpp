// SPDX-License-Identifier: Apache-2.0
#include "template/catalog.h"

#include <utility>

namespace portico::notify {

void Catalog::put(std::string_view key, std::string_view locale,
                  std::shared_ptr<const Parts> parts) {
  texts_.try_emplace(std::string(key)).first->second.put(locale, std::move(parts));
}

const Texts::Choice* Catalog::find(std::string_view key, std::string_view locale) const {
  const auto found = texts_.find(key);
  return found == texts_.end() ? nullptr : found->second.best(locale, fallback_);
}

const Template* LocalPartials::find(std::string_view key, Escape escape) const {
  const Texts::Choice* const choice = catalog_.find(key, locale_);
  return choice == nullptr ? nullptr : choice->parts->part(escape);
}

}  // namespace portico::notify

// SPDX-License-Identifier: Apache-2.0
#include "template/locale.h"

#include "shared/ascii.h"

namespace portico::notify {

std::vector<std::string> locales_from(std::string_view locale) {
  std::vector<std::string> locales;
  while (!locale.empty()) {
    locales.push_back(in_small_letters(locale));
    const std::size_t dash = locale.rfind('-');
    locale = dash == std::string_view::npos ? std::string_view() : locale.substr(0, dash);
  }
  return locales;
}

}  // namespace portico::notify

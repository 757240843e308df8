// SPDX-License-Identifier: Apache-2.0
// Where a variable stands, which is how it is written. Values, any thread.
#pragma once

#include <cstdint>

namespace portico::notify::templates {

enum class Place : std::uint8_t {
  Text,
  Line,
  Html,     ///< Text, or the value of an attribute, in quotes.
  Url,      ///< The begin of a link: a whole one, of a scheme that does no harm.
  UrlPart,  ///< Behind the begin: percent-encoded.
  /// The same, behind "mailto:" and "tel:", where "@" and "+" are part of an address: there is no
  /// host that they could change.
  AddressPart,
};

}  // namespace portico::notify::templates

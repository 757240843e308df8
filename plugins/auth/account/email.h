// SPDX-License-Identifier: Apache-2.0
// Addresses of mail: those that people have, not all that RFC 5322 allows. What is accepted here
// goes into heads of mails and into commands of SMTP as it is, so there are no quoted strings,
// comments, controls or blanks, in which other commands have been hidden. Values, any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace portico::auth {

struct Email {
  std::string text;    ///< As it was written, without blanks around it.
  std::string normal;  ///< In lower case: by which it is found, and unique. Dots and what stands
                       ///< behind a plus stay, for only the domain's owner knows what they mean.

  bool operator==(const Email&) const = default;
};

/// Nothing where `fault_of_email` finds a fault.
[[nodiscard]] std::optional<Email> read_email(std::string_view text);

/// A sentence for the person who typed it; empty where there is no fault. For Field::check.
[[nodiscard]] std::string fault_of_email(std::string_view text);

}  // namespace portico::auth

// SPDX-License-Identifier: Apache-2.0
// Links in HTML. What opens one knows schemes that run code, and reads past spaces and control
// characters in the scheme; so those that do no harm are listed, and all else is no link. Any
// thread.
#pragma once

#include <string>
#include <string_view>

namespace portico::notify::templates {

/// Takes a place where a link would be, and leads nowhere.
inline constexpr std::string_view InertLink = "#";

/// "https:", "http:", "mailto:" or "tel:", as the text begins with it, in any case; empty: with
/// none of them.
[[nodiscard]] std::string_view scheme_of(std::string_view link) noexcept;
/// Whether the scheme has no host behind it.
[[nodiscard]] bool is_address_scheme(std::string_view scheme) noexcept;

/// The link itself, with what no link has percent-encoded; InertLink for one of another scheme, of
/// none, or with control characters in it. Not yet escaped for HTML.
[[nodiscard]] std::string safe_link(std::string_view link);

/// All but letters, digits and "-._~" percent-encoded, and but what is in `kept`.
[[nodiscard]] std::string percent_encoded(std::string_view text, std::string_view kept = {});

}  // namespace portico::notify::templates

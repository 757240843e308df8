// SPDX-License-Identifier: Apache-2.0
// The tags of some HTML, read as a browser reads them and not as templates do: what data must not
// change. For tests and fuzzers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace portico::notify::test {

/// For each tag and comment its name, with the names of attributes: "a href title", "/a", "!--".
/// Where an attribute runs code, or a link may, "!" stands behind its name.
[[nodiscard]] std::vector<std::string> skeleton_of(std::string_view html);

}  // namespace portico::notify::test

// SPDX-License-Identifier: Apache-2.0
// Where the tests' files are. One file knows, so that the others compile to the same bytes in every
// checkout, and a compiler's cache serves them all.
#pragma once

#include <filesystem>

namespace portico::test {

[[nodiscard]] std::filesystem::path source_folder();
[[nodiscard]] std::filesystem::path build_folder();

}  // namespace portico::test

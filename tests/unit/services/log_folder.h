// SPDX-License-Identifier: Apache-2.0
// A folder for the files of a log's test.
#pragma once

#include "services/log/log.h"
#include "unit/temporary_folder.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace portico::services {

namespace fs = std::filesystem;

class LogTest : public testing::Test {
 protected:
  [[nodiscard]] std::string path(std::string_view name = "portico.log") const {
    return (folder_ / name).string();
  }
  [[nodiscard]] LogOptions to_file() const {
    LogOptions options;
    options.file = path();
    return options;
  }
  [[nodiscard]] static std::string content(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  [[nodiscard]] static std::size_t lines(const std::string& text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  }

  const test::TemporaryFolder temporary_;
  const fs::path folder_ = temporary_.path();
};

}  // namespace portico::services

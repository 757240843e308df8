// SPDX-License-Identifier: Apache-2.0
// Rows of heads with what must become of them, and the one check for all of them: read at once,
// byte by byte and by seven bytes, and each of these behind another request in the same buffer.
#pragma once

#include "unit/http/h1/reading.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace portico::http::h1 {

struct Row {
  std::string name;  ///< The section, and what of it.
  std::string bytes;
  std::string verdict;  ///< As `told`, or how it begins; "400 code"; "more".
};

inline constexpr HeadLimits Roomy{2048, 512, 20};

inline void expect_row(const Row& row) {
  const std::string before = "GET /before HTTP/1.1\r\nHost: a\r\n\r\n";
  const std::string both = before + row.bytes;
  for (const std::size_t step : {row.bytes.size() + 1, std::size_t{1}, std::size_t{7}}) {
    SCOPED_TRACE(std::string(row.name) + " by " + std::to_string(step));
    Requests alone(Roomy);
    const Reading reading = read_in_pieces(alone, row.bytes, step);
    EXPECT_EQ(reading.verdict.substr(0, row.verdict.size()), row.verdict) << row.bytes;
    EXPECT_EQ(reading.verdict == "more", row.verdict == "more");

    Requests pipelined(Roomy);
    ASSERT_EQ(read_in_pieces(pipelined, both, step).size, before.size());
    pipelined.parser.reset();
    EXPECT_EQ(read_in_pieces(pipelined, std::string_view(both).substr(before.size()), step),
              reading);
  }
}

template <std::size_t Count>
void expect_rows(const Row (&rows)[Count]) {
  for (const Row& row : rows) expect_row(row);
}

}  // namespace portico::http::h1

// SPDX-License-Identifier: Apache-2.0
#include "base/base64url.h"

#include "base/random.h"

#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>

namespace portico::base {
namespace {

std::string written(std::string_view bytes) {
  return base64url({reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()});
}

// RFC 4648 §10, without the padding.
TEST(Base64url, IsWrittenAndReadAsTheStandardSays) {
  for (const auto& [bytes, text] : {std::pair{"", ""},
                                    {"f", "Zg"},
                                    {"fo", "Zm8"},
                                    {"foo", "Zm9v"},
                                    {"foob", "Zm9vYg"},
                                    {"\xfb\xff\xbf", "-_-_"}}) {
    EXPECT_EQ(written(bytes), text);
    EXPECT_EQ(read_base64url(text), bytes);
  }
}

TEST(Base64url, BringsBackEveryByte) {
  for (std::size_t size = 0; size < 100; ++size) {
    std::string bytes(size, '\0');
    fill_random(std::as_writable_bytes(std::span(bytes)));
    EXPECT_EQ(written(bytes).size(), base64url_size(size));
    EXPECT_EQ(read_base64url(written(bytes)), bytes);
  }
}

TEST(Base64url, IsReadInOneFormOnly) {
  for (const char* text : {"Zg==", "Z", "Zh", "Zm9", "Zm9v ", "Zm+v", "Zm/v", "Zm9vY"}) {
    EXPECT_EQ(read_base64url(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace portico::base

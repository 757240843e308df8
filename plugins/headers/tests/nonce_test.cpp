// SPDX-License-Identifier: Apache-2.0
#include "nonce.h"

#include <gtest/gtest.h>

namespace portico::headers {
namespace {

Nonce of(std::string_view bytes) {
  std::array<std::byte, Nonce::Bytes> random{};
  for (std::size_t i = 0; i < random.size(); ++i) {
    random[i] = static_cast<std::byte>(bytes[i % bytes.size()]);
  }
  return Nonce(random);
}

TEST(Nonce, IsItsBytesInBase64) {
  EXPECT_EQ(of("0123456789abcdef").text(), "MDEyMzQ1Njc4OWFiY2RlZg==");
  EXPECT_EQ(of("\xff").text(), "/////////////////////w==");
  EXPECT_EQ(of(std::string_view("\0", 1)).text(), "AAAAAAAAAAAAAAAAAAAAAA==");
  EXPECT_EQ(of("\xfb").text(), "+/v7+/v7+/v7+/v7+/v7+w==");
}

}  // namespace
}  // namespace portico::headers

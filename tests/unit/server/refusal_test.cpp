// SPDX-License-Identifier: Apache-2.0
// What early functions are told of a request that was none. The harness's says the field X-Seen.
#include "unit/server/harness.h"

#include <string>

#include <gtest/gtest.h>

namespace portico::server {
namespace {

class ServerRefusal : public ServerTest {};

TEST_F(ServerRefusal, ShowsWhatCouldBeRead) {
  options_.limits.header_timeout = 60ms;
  start();
  const std::string seen = "X-Seen: early bird\r\n";
  for (const std::string& bytes : {
           "GET / HTTP/1.1\r\n" + seen + "Host: a\r\nHost: b\r\n\r\n",  // The parser's.
           "GET /%2e%2e HTTP/1.1\r\n" + seen + "Host: a\r\n\r\n",       // Of the path.
           "GET /throws HTTP/1.1\r\n" + seen + "Host: a\r\n\r\n",       // Of a fault.
           "GET / HTTP/1.1\r\n" + seen + "Host: a\r\n",                 // Of the clock.
           "GET / HTTP/1.1\r\n" + seen + "X: " + std::string(40'000, 'x') + "\r\n",  // Too large.
       }) {
    const std::string answer = ask(bytes);
    EXPECT_GE(status_of(answer), 400);
    EXPECT_TRUE(has(answer, "X-Early: early bird")) << bytes.substr(0, 60) << '\n' << answer;
  }
}

TEST_F(ServerRefusal, ShowsNothingOfGarbage) {
  start();
  EXPECT_TRUE(has(ask("\x01\x02\r\nX-Seen: no\r\n\r\n"), "X-Early: ")) << "decorated at all";
  EXPECT_TRUE(has(ask("GET / HTTP/1.1\r\nX-Seen: a\x01\r\nHost: a\r\n\r\n"), "X-Early: yes"));
}

}  // namespace
}  // namespace portico::server

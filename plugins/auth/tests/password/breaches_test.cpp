// SPDX-License-Identifier: Apache-2.0
#include "password/breaches.h"

#include <optional>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace portico::auth {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

// The SHA-1 of "password" is 5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8.
const std::string Known = "1E4C9B93F3F0682250B6CF8331B7EE68FD8:10434004\r\n";
const std::string Other = "003D68EB55068C33ACE09247EE4C639306B:3\r\n";

/// A service that answers everything alike and writes down what it was asked.
struct Service {
  std::optional<std::string> answer;
  std::vector<std::string> asked = {};

  Breaches::Fetch fetch() {
    return [this](const std::string& url) {
      asked.push_back(url);
      return answer;
    };
  }
};

TEST(Breaches, AskWithFiveDigitsOfTheHash) {
  Service service{Other + Known};
  Breaches breaches(service.fetch());
  EXPECT_EQ(breaches.look_up("password"), BreachAnswer::Breached);
  EXPECT_THAT(service.asked, ElementsAre("https://api.pwnedpasswords.com/range/5BAA6"));
}

TEST(Breaches, DoNotKnowWhatIsNotInTheRange) {
  Service service{Other};
  Breaches breaches(service.fetch());
  EXPECT_EQ(breaches.look_up("password"), BreachAnswer::NotBreached);
  EXPECT_EQ(breaches.failures(), 0U);
}

TEST(Breaches, PassOverPadding) {
  Service service{Other + "1E4C9B93F3F0682250B6CF8331B7EE68FD8:0"};
  Breaches breaches(service.fetch());
  EXPECT_EQ(breaches.look_up("password"), BreachAnswer::NotBreached);
}

TEST(Breaches, CountWhatIsNotKnownAndAskAgain) {
  Service service{std::nullopt};
  Breaches breaches(service.fetch());
  EXPECT_EQ(breaches.look_up("password"), BreachAnswer::NotKnown);
  EXPECT_EQ(breaches.look_up("password"), BreachAnswer::NotKnown);
  EXPECT_EQ(breaches.failures(), 2U);
  service.answer = Known;
  EXPECT_EQ(breaches.look_up("password"), BreachAnswer::Breached);
  EXPECT_THAT(service.asked, SizeIs(3));
}

TEST(Breaches, TakeNoOtherPageForAnAnswer) {
  for (const std::string& page :
       {std::string(), std::string("<html>"), Known + "\r\n", Known + "<html>", Known.substr(1),
        "G" + Known.substr(1), Known.substr(0, 36), Known.substr(0, 36) + "-1",
        std::string(300'000, 'A')}) {
    Service service{page};
    Breaches breaches(service.fetch());
    EXPECT_EQ(breaches.look_up("password"), BreachAnswer::NotKnown) << page.substr(0, 60);
  }
}

TEST(Breaches, KeepARangeAndForgetTheFirstOfTooMany) {
  Service service{Known};
  Breaches breaches(service.fetch(), "http://mirror/", 2);
  static_cast<void>(breaches.look_up("password"));
  static_cast<void>(breaches.look_up("password"));
  static_cast<void>(breaches.look_up("correct horse"));
  EXPECT_THAT(service.asked, SizeIs(2)) << "the second was kept";
  static_cast<void>(breaches.look_up("rainy tuesday"));
  static_cast<void>(breaches.look_up("correct horse"));
  EXPECT_THAT(service.asked, SizeIs(3));
  static_cast<void>(breaches.look_up("password"));
  EXPECT_THAT(service.asked, SizeIs(4)) << "the first had to go";
  EXPECT_EQ(service.asked.back(), "http://mirror/5BAA6");
}

}  // namespace
}  // namespace portico::auth

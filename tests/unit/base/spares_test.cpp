// SPDX-License-Identifier: Apache-2.0
#include "base/spares.h"

#include <memory>
#include <vector>

#include <gtest/gtest.h>

namespace portico::base {
namespace {

class SparesTest : public ::testing::Test {
 protected:
  struct Object {
    explicit Object(int& living) : count(living) { ++count; }
    ~Object() { --count; }
    Object(const Object&) = delete;
    Object& operator=(const Object&) = delete;
    int& count;
  };

  void lend(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      lent_.push_back(&spares_.lend([this] {
        ++made_;
        return std::make_unique<Object>(living_);
      }));
    }
  }
  void take_back(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      spares_.take_back(*lent_.back());
      lent_.pop_back();
    }
  }

  int living_ = 0;
  int made_ = 0;
  Spares<Object> spares_;
  std::vector<Object*> lent_;
};

TEST_F(SparesTest, LendsTheSameOnesAgain) {
  lend(50);
  take_back(50);
  lend(50);
  EXPECT_EQ(made_, 50);
  take_back(50);
}

TEST_F(SparesTest, MakesNoneWhileAboutAsManyAreLent) {
  lend(1000);
  for (int i = 0; i < 20; ++i) {
    take_back(900);
    lend(900);
  }
  EXPECT_EQ(made_, 1000);
  take_back(1000);
}

TEST_F(SparesTest, KeepAFewSomeTimeAfterARush) {
  lend(1000);
  take_back(1000);
  EXPECT_GT(living_, 900);
  for (std::size_t i = 0; i < 1000 * Spares<Object>::Patience; ++i) {
    lend(1);
    take_back(1);
  }
  EXPECT_EQ(living_, static_cast<int>(Spares<Object>::Few));
}

TEST_F(SparesTest, KeepNoneThatIsOfNoMoreUse) {
  lend(1);
  spares_.take_back(*lent_.front(), false);
  EXPECT_EQ(living_, 0);
}

}  // namespace
}  // namespace portico::base

// SPDX-License-Identifier: Apache-2.0
#include "base/shelf.h"

#include <stdexcept>

#include <gtest/gtest.h>

namespace portico::base {
namespace {

struct Thing {
  std::string name;
  int options;
  bool used = true;
  [[nodiscard]] bool in_use() const { return used; }
};

class OnAShelf : public testing::Test {
 protected:
  std::shared_ptr<Thing> find(const std::string& name, int options) {
    return shelf_.find_or_make(name, options, [&] {
      return std::make_shared<Thing>(Thing{name, options});
    });
  }
  Shelf<Thing> shelf_;
};

TEST_F(OnAShelf, IsFoundAgainByItsNameAndOptions) {
  const auto one = find("main", 1);
  EXPECT_EQ(find("main", 1), one);
  EXPECT_NE(find("main", 2), one);
  EXPECT_NE(find("other", 1), one);
}

TEST_F(OnAShelf, IsHeldByItsUsersAlone) {
  const std::weak_ptr<Thing> gone = find("main", 1);
  EXPECT_TRUE(gone.expired());
  EXPECT_TRUE(shelf_.all().empty());
}

TEST_F(OnAShelf, IsNotThereWhenItCouldNotBeMade) {
  const auto fail = []() -> std::shared_ptr<Thing> { throw std::runtime_error("no"); };
  EXPECT_THROW((void)shelf_.find_or_make("main", 1, fail), std::runtime_error);
  EXPECT_TRUE(shelf_.all().empty());
}

TEST_F(OnAShelf, IsShownWhileInUseTheNewestOfItsName) {
  const auto older = find("main", 1);
  const auto newer = find("main", 2);
  const auto idle = find("idle", 1);
  const auto first = find("a", 1);
  idle->used = false;
  const auto shown = shelf_.in_use();
  ASSERT_EQ(shown.size(), 2U);
  EXPECT_EQ(shown[0], first);
  EXPECT_EQ(shown[1], newer);
}

}  // namespace
}  // namespace portico::base

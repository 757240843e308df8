// SPDX-License-Identifier: Apache-2.0
#include "http/request_state.h"
#include <portico/http.h>

#include <cstdint>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace portico {
namespace {

struct Order {
  std::string item;
  std::int32_t count = 1;
  static void describe(Schema<Order>& s) {
    s.summary("An order.");
    s.field("item", &Order::item, "What is ordered.").required().min(1);
    s.field("count", &Order::count, "How many.").min(1).max(9);
  }
};

class JsonBodyTest : public testing::Test {
 protected:
  /// The bound order, or the status of the answer that its refusal carries.
  Status status(std::string_view content_type, std::string_view body) {
    const base::ArenaScope scope(arena_);
    state_.fields.clear();
    if (!content_type.empty()) state_.fields.add_received("Content-Type", content_type);
    state_.body_bytes = body;
    try {
      order_ = static_cast<Request&>(state_).json<Order>();
      return Status::Ok;
    } catch (BadBody& bad) {
      text_ = bad.answer().body();
      EXPECT_EQ(bad.answer().headers().get("Content-Type"), "application/problem+json");
      return bad.answer().status();
    }
  }

  base::Arena arena_;
  http::RequestState state_{arena_};
  Order order_;
  std::string text_;
};

constexpr std::string_view Tea = R"({"item": "tea", "count": 3})";

TEST_F(JsonBodyTest, IsBoundByTheDescription) {
  ASSERT_EQ(status("application/json", Tea), Status::Ok);
  EXPECT_EQ(order_.item, "tea");
  EXPECT_EQ(order_.count, 3);
}

TEST_F(JsonBodyTest, MayCallItselfJsonInManyWays) {
  for (const char* type :
       {"application/json", "Application/JSON", " application/json ", "application/json;",
        "application/json; charset=utf-8", "application/json;charset=\"UTF-8\"",
        "application/json; Charset=utf-8", "application/json; v=1; charset=utf-8",
        "application/json; charset=utf-8; v=1;", "application/json; charset2=latin1",
        "application/json; v", "application/vnd.example+json",
        "application/merge-patch+JSON; a=b"}) {
    EXPECT_EQ(status(type, Tea), Status::Ok) << type;
  }
}

TEST_F(JsonBodyTest, OfAnotherTypeIsRefused) {
  for (const char* type :
       {"", ";", "text/plain", "application/jsonp", "json", "+json", "vnd.example+json",
        "text/plain; a=application/json", "application/json; charset=latin1",
        "application/json; charset", "application/json; v=1; charset=utf-16",
        "application/json; charset=utf-8; charset=utf-7",
        "application/vnd.example+json; charset=x"}) {
    EXPECT_EQ(status(type, Tea), Status::UnsupportedMediaType) << type;
    EXPECT_NE(text_.find(R"("code":"not_json")"), std::string::npos) << text_;
  }
}

TEST_F(JsonBodyTest, ThatIsNotJsonIsRefusedWithThePlace) {
  EXPECT_EQ(status("application/json", "{\"item\":\n ?}"), Status::BadRequest);
  EXPECT_NE(text_.find(R"("code":"invalid_json")"), std::string::npos) << text_;
  EXPECT_NE(text_.find("line 2, column 2: "), std::string::npos) << text_;
  EXPECT_EQ(status("application/json", ""), Status::BadRequest);
  EXPECT_EQ(status("application/json", std::string(Tea) + "}"), Status::BadRequest);
}

TEST_F(JsonBodyTest, IsToldAllItsFaultsAtOnce) {
  EXPECT_EQ(status("application/json", R"({"itme": "tea", "count": 10})"),
            Status::UnprocessableContent);
  const auto names = [this](std::string_view part) {
    EXPECT_NE(text_.find(part), std::string::npos) << part << " in " << text_;
  };
  names(R"("code":"validation_failed")");
  names(R"("path":"/item","code":"required")");
  names(R"("path":"/itme","code":"unknown_field")");
  names(R"(did you mean \"item\"?)");
  names(R"("path":"/count","code":"out_of_range")");
}

TEST_F(JsonBodyTest, ThatIsNoObjectIsRefusedAsAWhole) {
  EXPECT_EQ(status("application/json", "[1]"), Status::UnprocessableContent);
  EXPECT_NE(text_.find(R"("path":"")"), std::string::npos) << text_;
}

}  // namespace
}  // namespace portico

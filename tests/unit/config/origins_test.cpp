// SPDX-License-Identifier: Apache-2.0
#include "config/origins.h"

#include "config/settings.h"

#include <map>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidjson/document.h>

namespace portico::config {
namespace {

using testing::HasSubstr;
using testing::Not;

class Origins : public testing::Test {
 protected:
  struct Setting {
    std::string value;
    std::string from;
    friend bool operator==(const Setting&, const Setting&) = default;
    friend void PrintTo(const Setting& setting, std::ostream* out) {
      *out << setting.value << " from " << setting.from;
    }
  };

  explicit Origins() {
    Problems problems;
    const Environment environment(Environment::Variables{{"TOKEN", "0123456789abcdef0123456789"}});
    const auto loaded =
        bind_settings(Document::parse(File, "p.yaml", environment, problems), problems);
    EXPECT_EQ(problems.text(), "");
    base::JsonWriter writer(text_);
    writer.begin_array();
    print_origins(detail::schema_of<Settings>(), &loaded->settings, &loaded->document->root(), {},
                  loaded->document->files(), writer);
    writer.end_array();
    rapidjson::Document json;
    json.Parse(text_.c_str());
    EXPECT_FALSE(json.HasParseError()) << text_;
    for (const auto& each : json.GetArray()) {
      const auto& value = each["value"];
      known_[each["path"].GetString()] = {value.IsString() ? value.GetString() : "",
                                          each["from"].GetString()};
    }
  }

  static constexpr std::string_view File = R"(environment: staging
listen:
  - {address: "127.0.0.1:1"}
  - {address: "127.0.0.1:2", http2: false}
limits: {body_bytes: 1MiB}
admin: {token: "${TOKEN}"}
databases:
  main: {url: "postgresql://u:secret@db/name"}
)";

  std::string text_;
  std::map<std::string, Setting> known_;
};

TEST_F(Origins, AreLinesOfTheFileOrTheDefault) {
  EXPECT_EQ(known_["environment"], (Setting{"staging", "p.yaml:1:14"}));
  EXPECT_EQ(known_["limits.body_bytes"], (Setting{"1MiB", "p.yaml:5:22"}));
  EXPECT_EQ(known_["limits.header_bytes"], (Setting{"32KiB", "default"}));
  EXPECT_EQ(known_["log.level"], (Setting{"info", "default"}));
}

TEST_F(Origins, ReachIntoListsAndMaps) {
  EXPECT_EQ(known_["listen[0].address"], (Setting{"127.0.0.1:1", "p.yaml:3:15"}));
  EXPECT_EQ(known_["listen[0].http2"].from, "default");
  EXPECT_EQ(known_["listen[1].http2"].from, "p.yaml:4:37");
  EXPECT_EQ(known_["databases.main.url"].from, "p.yaml:8:15");
}

TEST_F(Origins, NameTheEnvironmentAndShowNoSecret) {
  EXPECT_EQ(known_["admin.token"], (Setting{"***", "p.yaml:6:16 (environment)"}));
  EXPECT_EQ(known_["databases.main.url"].value, "postgresql://u:***@db/name");
  EXPECT_THAT(text_, Not(HasSubstr("secret@")));
  EXPECT_THAT(text_, Not(HasSubstr("0123456789")));
}

}  // namespace
}  // namespace portico::config

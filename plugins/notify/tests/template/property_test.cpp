// SPDX-License-Identifier: Apache-2.0
// Case 131, for templates that nobody thought of: whatever stands in the data, a browser sees the
// same tags and attributes, and no link that runs code.
#include "tests/template/facts.h"
#include "tests/template/skeleton.h"

#include <array>
#include <random>

#include <gtest/gtest.h>

namespace portico::notify {
namespace {

constexpr std::array<const char*, 30> Pieces{
    "{{a}}",   "<p>",    "</p>",        "<b title=\"", "<b title='", "\"",
    "'",       ">",      "/>",          "<a href=\"",  "<a href='",  "https://x/",
    "mailto:", "#",      "<img src=\"", " alt=\"",     "{{#s}}",     "{{/s}}",
    "{{^n}}",  "{{/n}}", "<title>",     "</title>",    "<style>",    "</style>",
    "<!--",    "-->",    "text ",       "&amp;",       " ",          "{{> p}}"};

constexpr std::array<const char*, 22> Attacks{"javascript:alert(1)",
                                              "\"onmouseover=\"x",
                                              "'onmouseover='x",
                                              "</title><script>",
                                              "</style><b>",
                                              "--><b>",
                                              "<b>",
                                              "\"><b>",
                                              "'><b>",
                                              ">",
                                              "data:text/html,x",
                                              "java\tscript:x",
                                              "&#106;avascript:x",
                                              "&quot;><b>",
                                              "\n\"",
                                              "script:",
                                              "https://x\"onclick=\"y",
                                              "//x",
                                              "%22",
                                              "`",
                                              "</p",
                                              "{{> p}}"};

class Random {
 public:
  template <class Row>
  auto of(const Row& row) {
    return row[generator_() % row.size()];
  }
  std::size_t below(std::size_t end) { return generator_() % end; }

 private:
  std::mt19937 generator_{20'240'501};
};

TEST(TemplateProperty, DataChangesNoTag) {
  Random random;
  test::Table partials;
  partials.add("p", "<i title='{{a}}'>{{a}}</i>");
  int compared = 0;
  for (int round = 0; round < 60'000; ++round) {
    std::string source;
    for (std::size_t i = 2 + random.below(9); i > 0; --i) source += random.of(Pieces);
    const auto parsed = Template::parse(source, Escape::Html);
    const auto* const good = std::get_if<Template>(&parsed);
    if (good == nullptr || source.find("{{a}}") == std::string::npos) continue;
    const auto made = [&](const char* value) {
      return test::made(*good, Value::Map{{"a", value}, {"s", true}}, partials);
    };
    const auto expected = test::skeleton_of(made("x"));
    const std::string attacked = made(random.of(Attacks));
    EXPECT_EQ(test::skeleton_of(attacked), expected) << source << "\n" << attacked;
    for (const std::string& tag : expected) EXPECT_FALSE(tag.ends_with('!')) << source;
    ++compared;
  }
  EXPECT_GT(compared, 1000);
}

// The reader of the test itself sees what it is to see.
TEST(TemplateProperty, WouldBeSeenToFail) {
  EXPECT_EQ(test::skeleton_of("<a href='java\nscript:x' title=y>&lt;b&gt;</a><p onclick=x>"),
            (std::vector<std::string>{"a href! title", "/a", "p onclick!"}));
  EXPECT_EQ(test::skeleton_of("<title><b></title><!-- <b> --><b/x=1>"),
            (std::vector<std::string>{"title", "/title", "!--", "b x"}));
}

}  // namespace
}  // namespace portico::notify

// SPDX-License-Identifier: Apache-2.0
// What somebody who writes the data, but not the template, might try.
#include "tests/template/facts.h"

#include <gtest/gtest.h>

namespace portico::notify {
namespace {

using test::made;
using test::parsed;

std::string link(std::string value) {
  return made(parsed("<a href=\"{{a}}\">", Escape::Html), Value::Map{{"a", std::move(value)}});
}

// Case 130: data is never read as a template, in no language of templates.
TEST(TemplateInjection, PrintsWhatLooksLikeATemplate) {
  for (const char* const attack :
       {"{{config}}", "{{#each}}", "{{a}}",          "{{/a}}", "{{! x",
        "}}",         "${7*7}",    "#{7*7}",         "*{7*7}", "%n",
        "%s%s%s",     "%00",       "$(id)",          "`id`",   "{%25 if %25}",
        "[[${x}]]",   "@(1+2)",    "\\u007b\\u007b", "$1 \\1", "../../etc/passwd"}) {
    const Value value = Value::Map{{"a", attack}, {"config", "secret"}};
    EXPECT_EQ(made(parsed("{{a}}", Escape::Text), value), attack);
    EXPECT_EQ(made(parsed("{{a}}", Escape::Line), value), attack);
    EXPECT_EQ(made(parsed("{{a}}", Escape::Html), value), attack);
    EXPECT_EQ(made(parsed("{{#a}}{{.}}{{/a}}", Escape::Html), value), attack);
  }
  EXPECT_EQ(made(parsed("{{a}}", Escape::Html), Value::Map{{"a", "<%= 7*7 %>"}}),
            "&lt;%= 7*7 %&gt;");
}

// Case 130: a name in the data chooses no partial.
TEST(TemplateInjection, ChoosesNoPartialByData) {
  test::Table partials;
  partials.add("secrets", "secret");
  EXPECT_EQ(test::html("{{a}}", R"({"a": "{{> secrets}}"})", partials), "{{&gt; secrets}}");
}

// Case 131.
TEST(TemplateInjection, OpensNoTagInText) {
  for (const char* const attack :
       {"<script>alert(1)</script>", "</script><script>", "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>", "<!--", "<![CDATA[", "<?php", "</p>", "<\n", "<b"}) {
    const std::string html = made(parsed("<p>{{a}}</p>", Escape::Html), Value::Map{{"a", attack}});
    EXPECT_EQ(html.find('<', 1), html.size() - 4) << html;
  }
}

// Case 131.
TEST(TemplateInjection, LeavesNoValueOfAnAttribute) {
  for (const char quote : {'"', '\''}) {
    const std::string source = std::string("<b title=") + quote + "{{a}}" + quote + ">";
    for (const char* const attack :
         {"\"onmouseover=\"alert(1)", "'onmouseover='alert(1)",
          "\" onfocus=alert(1) autofocus x=\"", "x\"><script>alert(1)</script>", "x'><script>",
          "\">", "'/>", "`", "\n\"", "&quot;", "&#34;", "&#x22;onclick=1"}) {
      const std::string html = made(parsed(source, Escape::Html), Value::Map{{"a", attack}});
      EXPECT_EQ(html.find(quote, 10), html.size() - 2) << html;
      EXPECT_EQ(html.find('>'), html.size() - 1) << html;
      EXPECT_EQ(html.find("&quot;onclick"), std::string::npos);
    }
  }
  // A reference in the data is shown as it was written: "&" itself is escaped.
  EXPECT_EQ(made(parsed("<b title=\"{{a}}\">", Escape::Html), Value::Map{{"a", "&quot;"}}),
            "<b title=\"&amp;quot;\">");
}

// Case 131: links that run code, hidden in every way that a browser reads past.
TEST(TemplateInjection, FollowsNoLinkThatRunsCode) {
  using namespace std::string_literals;
  for (const std::string& attack : {
           "javascript:alert(1)"s,
           "JavaScript:alert(1)"s,
           " javascript:alert(1)"s,
           "\tjavascript:alert(1)"s,
           "\njavascript:alert(1)"s,
           "java\nscript:alert(1)"s,
           "java\tscript:alert(1)"s,
           "java\r\nscript:alert(1)"s,
           "java\0script:alert(1)"s,
           "\x01javascript:alert(1)"s,
           "\x1Fjavascript:alert(1)"s,
           "javascript\t:alert(1)"s,
           "javascript :alert(1)"s,
           "&#106;avascript:alert(1)"s,
           "&#x6A;avascript:alert(1)"s,
           "&#0000106avascript:alert(1)"s,
           "javascript&colon;alert(1)"s,
           "javascript&#58;alert(1)"s,
           "java&Tab;script:alert(1)"s,
           "java&NewLine;script:alert(1)"s,
           "%6aavascript:alert(1)"s,
           "javascript%3Aalert(1)"s,
           "\xEF\xBB\xBFjavascript:alert(1)"s,
           "\xC2\xA0javascript:alert(1)"s,
           "\xE2\x80\x8Bjavascript:alert(1)"s,
           "\xE2\x80\xAEjavascript:alert(1)"s,
           "j\xC4\xB1vascript:alert(1)"s,
           "vbscript:msgbox(1)"s,
           "data:text/html,<script>alert(1)</script>"s,
           "data:text/html;base64,PHNjcmlwdD4="s,
           "DATA:text/html,x"s,
           "file:///etc/passwd"s,
           "blob:https://x/1"s,
           "about:blank"s,
           "filesystem:https://x"s,
           "ftp://x"s,
           "cid:x"s,
           "view-source:https://x"s,
           "jar:https://x!"s,
           "feed:javascript:alert(1)"s,
           "intent://x#Intent"s,
           "//evil.example"s,
           "/relative"s,
           "relative"s,
           "?q"s,
           "\\\\evil.example"s,
           ":https://x"s,
           "http"s,
           "https"s,
           "http\n://x"s,
           "https\xEF\xBC\x9A//x"s,
           "https://x\nBcc: y"s,
           "https://x\0"s,
           "\x80https://x"s,
           "https://x/\xFF"s,
           "https://x/\xE2\x80\xAEgpj.exe"s,
           "mailto\n:x"s,
           ""s,
       }) {
    EXPECT_EQ(link(attack), "<a href=\"#\">") << attack;
  }
}

TEST(TemplateInjection, FollowsLinksThatDoNoHarm) {
  using Row = std::pair<const char*, const char*>;
  for (const auto& [value, made] : {
           Row{"https://x.example/a?b=c&d=e#f", "https://x.example/a?b=c&amp;d=e#f"},
           Row{"HTTP://x", "HTTP://x"},
           Row{"https://user@[::1]:8443/a,b;c=(d)*!$'",
               "https://user@[::1]:8443/a,b;c=(d)*!$&#39;"},
           Row{"https://x/a%20b", "https://x/a%20b"},
           Row{"https://x/a b", "https://x/a%20b"},
           Row{"https://x/ä", "https://x/%C3%A4"},
           Row{"https://x/\"><script>", "https://x/%22%3E%3Cscript%3E"},
           Row{"https://x/{{a}}", "https://x/%7B%7Ba%7D%7D"},
           Row{"mailto:a@x.example?subject=b", "mailto:a@x.example?subject=b"},
           Row{"tel:+41-44-1", "tel:+41-44-1"},
       }) {
    EXPECT_EQ(link(value), "<a href=\"" + std::string(made) + "\">") << value;
  }
}

TEST(TemplateInjection, ChangesNoHostAndAddsNoParameter) {
  const auto within = [](const char* source, const char* value) {
    return made(parsed(source, Escape::Html), Value::Map{{"a", value}});
  };
  EXPECT_EQ(within("<a href=\"https://shop.example{{a}}\">", "@evil.example"),
            "<a href=\"https://shop.example%40evil.example\">");
  EXPECT_EQ(within("<a href=\"https://shop.example/?id={{a}}\">", "1&admin=1#x"),
            "<a href=\"https://shop.example/?id=1%26admin%3D1%23x\">");
  EXPECT_EQ(within("<a href=\"https://shop.example/{{a}}\">", "../..//evil.example"),
            "<a href=\"https://shop.example/..%2F..%2F%2Fevil.example\">");
  EXPECT_EQ(within("<a href=\"mailto:{{a}}\">", "a@x.example?bcc=b\r\nc"),
            "<a href=\"mailto:a@x.example%3Fbcc%3Db%20c\">");
}

TEST(TemplateInjection, MakesOneLinkOfTwoVariablesOnlyOfTheFirstsScheme) {
  const Template source = parsed("<a href=\"{{a}}{{b}}\">", Escape::Html);
  EXPECT_EQ(made(source, Value::Map{{"a", "java"}, {"b", "script:alert(1)"}}),
            "<a href=\"#script%3Aalert%281%29\">");
  EXPECT_EQ(made(source, Value::Map{{"a", ""}, {"b", "javascript:alert(1)"}}),
            "<a href=\"#javascript%3Aalert%281%29\">");
}

}  // namespace
}  // namespace portico::notify

// SPDX-License-Identifier: Apache-2.0
// Where in HTML a tag may stand, and how a variable is escaped there.
#include "tests/template/facts.h"

#include <utility>

#include <gtest/gtest.h>

namespace portico::notify {
namespace {

using test::html;
using test::sentence_of;

/// A value with everything in it that means something in HTML.
constexpr const char* Json = R"({"a": "<i x='1'>\"&amp;</i>", "u": "https://x.example/?a=1&b=\"2\"",
                                 "w": "a b/?&=#@+%\"<'", "yes": true, "list": [1, 2]})";
constexpr const char* Escaped = "&lt;i x=&#39;1&#39;&gt;&quot;&amp;amp;&lt;/i&gt;";

TEST(TemplatePlace, EscapesTextAndValues) {
  const std::string escaped(Escaped);
  using Row = std::pair<std::string, std::string>;
  for (const auto& [source, made] : {
           Row{"{{a}}", escaped},
           Row{"<p>{{a}}</p>", "<p>" + escaped + "</p>"},
           Row{"<title>{{a}}</title>", "<title>" + escaped + "</title>"},
           Row{"<TITLE>{{a}}</TITLE >", "<TITLE>" + escaped + "</TITLE >"},
           Row{"<img alt=\"{{a}}\">", "<img alt=\"" + escaped + "\">"},
           Row{"<img alt='{{a}}'>", "<img alt='" + escaped + "'>"},
           Row{"<img\nALT = \"x{{a}}y\" />", "<img\nALT = \"x" + escaped + "y\" />"},
           Row{"<b title='\"{{a}}\"'>", "<b title='\"" + escaped + "\"'>"},
           Row{"<b aria-label=\"{{a}}\">", "<b aria-label=\"" + escaped + "\">"},
           Row{"<p hidden class=x title=\"{{a}}\">",
               "<p hidden class=x title=\"" + escaped + "\">"},
           Row{"<!-- c --><!doctype html>{{a}}", "<!-- c --><!doctype html>" + escaped},
           Row{"<style>a>b{c:d}</style>{{a}}", "<style>a>b{c:d}</style>" + escaped},
           Row{"<b style=\"x\" title=\"{{a}}\">", "<b style=\"x\" title=\"" + escaped + "\">"},
           Row{"<b title=\"{{#yes}}{{a}}{{/yes}}\">", "<b title=\"" + escaped + "\">"},
           Row{"<b style=\"{{#yes}}x{{/yes}}\">", "<b style=\"x\">"},
           Row{"<title>{{#list}}{{.}}{{/list}}</title>", "<title>12</title>"},
       }) {
    EXPECT_EQ(html(source, Json), made) << source;
  }
}

TEST(TemplatePlace, EncodesWhatIsPartOfALink) {
  using Row = std::pair<const char*, const char*>;
  for (const auto& [source, made] : {
           Row{"<a href=\"{{u}}\">", "<a href=\"https://x.example/?a=1&amp;b=%222%22\">"},
           Row{"<a href='{{u}}'>", "<a href='https://x.example/?a=1&amp;b=%222%22'>"},
           Row{"<img src=\"{{u}}\">", "<img src=\"https://x.example/?a=1&amp;b=%222%22\">"},
           Row{"<td background=\"{{u}}\">",
               "<td background=\"https://x.example/?a=1&amp;b=%222%22\">"},
           Row{"<a href=\"https://x/?q={{w}}\">",
               "<a href=\"https://x/?q=a%20b%2F%3F%26%3D%23%40%2B%25%22%3C%27\">"},
           Row{"<a href=\"https://x/?q={{w}}&amp;r={{w}}#{{w}}\">",
               "<a href=\"https://x/?q=a%20b%2F%3F%26%3D%23%40%2B%25%22%3C%27&amp;r="
               "a%20b%2F%3F%26%3D%23%40%2B%25%22%3C%27#a%20b%2F%3F%26%3D%23%40%2B%25%22%3C%27\">"},
           Row{"<a href=\"mailto:{{w}}\">",
               "<a href=\"mailto:a%20b%2F%3F%26%3D%23@+%25%22%3C%27\">"},
           Row{"<a href=\"TEL:{{w}}\">", "<a href=\"TEL:a%20b%2F%3F%26%3D%23@+%25%22%3C%27\">"},
           Row{"<a href=\"#{{w}}\">", "<a href=\"#a%20b%2F%3F%26%3D%23%40%2B%25%22%3C%27\">"},
           Row{"<a href=\"{{u}}{{w}}\">",
               "<a href=\"https://x.example/?a=1&amp;b=%222%22a%20b%2F%3F%26%3D%23%40%2B%25%22%3C%"
               "27\">"},
           Row{"<a href=\"\">", "<a href=\"\">"},
           Row{"<a href=#top>", "<a href=#top>"},
       }) {
    EXPECT_EQ(html(source, Json), made) << source;
  }
}

// Case 131: places where nothing could make a variable safe.
TEST(TemplatePlace, RefusesVariablesWhereTheyCannotBeSafe) {
  for (const char* const source : {
           "<script>{{a}}</script>",
           "<SCRIPT>var a = '{{a}}';</SCRIPT>",
           "<script src=\"{{a}}\">",
           "<style>{{a}}</style>",
           "<style>a{color:{{a}}}</style>",
           "<p style=\"color:{{a}}\">",
           "<p STYLE='{{a}}'>",
           "<a href={{a}}>",
           "<a href= {{a}}>",
           "<img alt=x{{a}}>",
           "<{{a}}>",
           "<b{{a}}>",
           "</{{a}}>",
           "</b{{a}}>",
           "<p {{a}}>",
           "<p {{a}}=\"x\">",
           "<p a{{a}}=\"x\">",
           "<p onclick=\"{{a}}\">",
           "<p ONLOAD='f({{a}})'>",
           "<p on{{a}}=\"x\">",
           "<a/href=\"{{a}}\">",
           "<!-- {{a}} -->",
           "<!--[if {{a}}]>",
           "<!DOCTYPE {{a}}>",
           "<iframe src=\"{{a}}\">",
           "<iframe srcdoc=\"{{a}}\">",
           "<p srcdoc=\"{{a}}\">",
           "<object data=\"{{a}}\">",
           "<embed src=\"{{a}}\">",
           "<svg>{{a}}</svg>",
           "<math>{{a}}</math>",
           "<textarea>{{a}}</textarea>",
           "<noscript>{{a}}</noscript>",
           "<template>{{a}}</template>",
           "<xmp>{{a}}</xmp>",
           "<plaintext>{{a}}",
           "<select>{{a}}</select>",
           "<base href=\"{{a}}\">",
           "<link href=\"{{a}}\">",
           "<form action=\"{{a}}\">",
           "<button formaction=\"{{a}}\">",
           "<video src=\"{{a}}\">",
           "<img srcset=\"{{a}}\">",
           "<a ping=\"{{a}}\">",
           "<meta content=\"{{a}}\">",
           "<input type=\"{{a}}\">",
           "<a target=\"{{a}}\">",
           "<a data-x=\"{{a}}\">",
           "<p unknown=\"{{a}}\">",
           "<a href=\"x{{a}}\">",
           "<a href=\"/{{a}}\">",
           "<a href=\"java{{a}}\">",
           "<a href=\"javascript:{{a}}\">",
           "<a href=\"data:{{a}}\">",
           "<a href=\" {{a}}\">",
           "<a href=\"&#106;avascript:{{a}}\">",
           "<a href=\"{{a}}&colon;x\">",
           "<a href=\"https&colon;{{a}}\">",
           "<a href=\"{{#b}}{{a}}{{/b}}\">",
       }) {
    EXPECT_TRUE(sentence_of(source).ends_with('.')) << source;
  }
}

TEST(TemplatePlace, SaysWhatToDo) {
  using Row = std::pair<const char*, const char*>;
  for (const auto& [source, sentence] : {
           Row{"<a href={{a}}>", "Put the value of href in quotes: href=\"{{name}}\"."},
           Row{"<script>", "A mail has no <script>: mail programs drop it. Take it out."},
           Row{"<p onclick=\"x\">", "A mail runs no scripts: take onclick out."},
           Row{"<style>{{a}}</style>", "No tag stands in <style>: write the styles out."},
           Row{"<a href=\"ftp://x\">",
               "Begin a link with https:, http:, mailto:, tel: or #, or with a variable."},
           Row{"<a href=\"https://x/?a&b\">",
               "Of character references a link has &amp; alone: write the character itself."},
           Row{"a < b", "Write &lt; for a < that begins no tag."},
           Row{"<a href=\"{{#b}}#{{/b}}\">",
               "A link has no sections: put the section around the whole element."},
       }) {
    EXPECT_EQ(sentence_of(source), sentence) << source;
  }
  EXPECT_EQ(test::fault_of("<p>\n<b class=\"ä\" onclick=\"f()\">", Escape::Html).substr(0, 5),
            "2:14 ");
}

// What two browsers could read in two ways would move the places of all that follows.
TEST(TemplatePlace, RefusesHtmlThatIsNotPlain) {
  for (const char* const source : {
           "<",
           "<b",
           "<b ",
           "<b a",
           "<b a=",
           "<b a=\"x",
           "<b a='x\">",
           "<b a=x",
           "</b",
           "</ b>",
           "</>",
           "</b x>",
           "<b/x>",
           "<b /x>",
           "<b a=\"x\"c=\"y\">",
           "<b \"x\">",
           "<b =x>",
           "<b a==x>",
           "<b a=x'y>",
           "<b a=`x`>",
           "<b <i>",
           "<1>",
           "< b>",
           "<?xml?>",
           "<![CDATA[x]]>",
           "<!x>",
           "<!doctype",
           "<!--",
           "<!-- x --",
           "<!--> x -->",
           "<!---> x -->",
           "<!-- x --!> y -->",
           "<title>x",
           "<title><b></title>",
           "<title></titles>{{a}}",
           "<style>x",
           "<style></styles>",
           "<style><!-- --></style>",
           "<title></tit{{#a}}le>{{/a}}",
       }) {
    EXPECT_NE(sentence_of(source), "") << source;
  }
}

TEST(TemplatePlace, EndsASectionWhereItBegan) {
  for (const char* const source : {
           "{{#a}}<b title=\"{{/a}}\">",
           "<b title=\"{{#a}}\">{{/a}}",
           "<b title=\"{{#a}}\" lang=\"{{/a}}\">",
           "<b title=\"{{#a}}\"><i title=\"{{/a}}\">",
           "<b title=\"{{#a}}\" title='{{/a}}'>",
           "{{#a}}<title>{{/a}}</title>",
           "<title>{{#a}}</title>{{/a}}",
           "{{#a}}<style>{{/a}}</style>",
           "{{#a}}<!--{{/a}}-->",
           "{{#a}}<b {{/a}}>",
           "<b {{#a}}title=\"x\"{{/a}}>",
           "{{<l}}{{$b}}<b title=\"{{/b}}{{/l}}\">",
       }) {
    EXPECT_NE(sentence_of(source), "") << source;
  }
  EXPECT_EQ(sentence_of("{{#a}}<b>{{/a}}{{#a}}</b>{{/a}}"), "");
}

TEST(TemplatePlace, HasPartialsInTheTextAlone) {
  for (const char* const source : {"<b title=\"{{> p}}\">", "<a href=\"{{> p}}\">",
                                   "<title>{{> p}}</title>", "<b title=\"{{$p}}{{/p}}\">",
                                   "<b title=\"{{<p}}{{/p}}\">", "<title>{{$p}}{{/p}}</title>"}) {
    EXPECT_EQ(sentence_of(source),
              "Partials, layouts and blocks stand in the text alone, not in a value or title.")
        << source;
  }
}

}  // namespace
}  // namespace portico::notify

// SPDX-License-Identifier: Apache-2.0
// HTML as text.
#include "template/html_text.h"

#include <utility>

#include <gtest/gtest.h>

namespace portico::notify {
namespace {

TEST(HtmlText, HasLinesForBlocksAndLinksInWords) {
  using Row = std::pair<const char*, const char*>;
  for (const auto& [html, text] : {
           Row{"", ""},
           Row{"a  b\n\tc", "a b c"},
           Row{"<p>a</p><p>b</p>", "a\n\nb"},
           Row{"<div>a</div><div><div>b</div></div>", "a\nb"},
           Row{"a<br>b<br/><br>c<BR><br><br>d", "a\nb\n\nc\n\nd"},
           Row{"<h1>a</h1>b", "a\n\nb"},
           Row{"<ul><li>a</li><li>b <b>c</b></li></ul>d", "- a\n- b c\n\nd"},
           Row{"<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"},
           Row{"<a href=\"https://x/\">see</a>.", "see (https://x/)."},
           Row{"<a class='b' href='https://x/?a&amp;b'>see</a>", "see (https://x/?a&b)"},
           Row{"<a href=\"https://x/\">https://x/</a>", "https://x/"},
           Row{"<a href=\"mailto:a@b.c\">a@b.c</a>", "a@b.c"},
           Row{"<a href=\"https://x/\"><img src=\"https://y/\" alt=\"logo\"></a>",
               "logo (https://x/)"},
           Row{"<a href=\"https://x/\"></a>", "https://x/"},
           Row{"<a href=\"#\">top</a>", "top"},
           Row{"<a href=\"https://x/\">open", "open (https://x/)"},
           Row{"<p title=\"a > b\">c</p>", "c"},
           Row{"<head><title>t</title><style>p{}</style></head><p>a</p>", "a"},
           Row{"<style>p>a{}</style>b", "b"},
           Row{"<div style=\"Display : none;x\">a<div>b</div>c</div>d", "d"},
           Row{"a<!-- <p> b -->c", "ac"},
           Row{"<!DOCTYPE html>a", "a"},
           Row{"&lt;b&gt; &amp;lt; &quot;&#39;&#x41;&#8212;&nbsp;&uuml;",
               "<b> &lt; \"'A\xE2\x80\x94 \xC3\xBC"},
           Row{"&unknown; & &; &#; &#x; &#xD800; &#0; &#99999999;",
               "&unknown; & &; &#; &#x; &#xD800; &#0; &#99999999;"},
           Row{"a&#27;b&#x202E;c&#7;d", "abcd"},
       }) {
    EXPECT_EQ(text_of_html(html), text) << html;
  }
}

TEST(HtmlText, EndsWhereHtmlDoes) {
  for (const char* const html :
       {"a<", "a<b", "a<p title=\"", "a<!--", "a</", "a<a href=\"x", "a<>"}) {
    EXPECT_EQ(text_of_html(html), "a") << html;
  }
}

}  // namespace
}  // namespace portico::notify

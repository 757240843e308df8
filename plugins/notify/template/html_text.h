// SPDX-License-Identifier: Apache-2.0
// The text of a mail's HTML, for those who read no HTML: blocks as lines, links as "text (link)",
// elements of lists behind "- ". What is not shown is left out: styles, the title, comments and
// what has display:none. Any thread; time and memory grow with the HTML alone.
#pragma once

#include <string>
#include <string_view>

namespace portico::notify {

/// Of HTML that a template made: of other HTML the text may have too much or too little in it.
[[nodiscard]] std::string text_of_html(std::string_view html);

}  // namespace portico::notify

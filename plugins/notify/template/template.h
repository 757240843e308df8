// SPDX-License-Identifier: Apache-2.0
// A template: text with tags in it that data fills in. There is no logic but sections, and no way
// to print what is not escaped.
//
//     {{name}} {{order.number}} {{.}}    a variable; {{.}} is the element of a list of texts
//     {{#name}}...{{/name}}              once for each of a list, within a map, or if it holds
//     {{^name}}...{{/name}}              if it does not: nothing, false, 0, "" or an empty list
//     {{! not printed }}
//     {{> notify.footer}}                another template, by its key
//     {{$content}}...{{/content}}        a block, which who takes this as a layout may replace
//     {{< notify.layout}}{{$content}}...{{/content}}{{/notify.layout}}
//                                        a layout, and what takes the place of its blocks
//
// In HTML a variable is escaped as the place where it stands asks; where nothing could make it safe
// it is a fault: in scripts, styles, comments, tags, on* attributes, values without quotes. A link
// that is a variable is of https, http, mailto or tel, or becomes "#".
//
// Immutable once it is parsed; read by any number of threads at once.
#pragma once

#include "template/escape.h"
#include "template/fault.h"
#include "template/node.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace portico::notify {

class Template {
 public:
  /// UTF-8, at most 256 KiB, sections at most 32 deep. Of a Line, ends of lines behind it are left
  /// out, and there are no others.
  [[nodiscard]] static std::variant<Template, TemplateFault> parse(std::string_view source,
                                                                   Escape escape);

  [[nodiscard]] Escape escape() const noexcept { return escape_; }
  /// As it was read: each line ends in "\n".
  [[nodiscard]] const std::string& source() const noexcept { return source_; }

  // For those that render it.
  [[nodiscard]] const templates::Nodes& nodes() const noexcept { return nodes_; }
  /// The literal, or the name. Lives as long as the template.
  [[nodiscard]] std::string_view text_of(const templates::Node& node) const noexcept;

 private:
  Template(Escape escape, std::string source, templates::Nodes nodes) noexcept
      : escape_(escape), source_(std::move(source)), nodes_(std::move(nodes)) {}

  Escape escape_;
  std::string source_;
  templates::Nodes nodes_;
};

/// A line and a column, both from 1 on.
struct TemplatePlace {
  std::size_t line = 1;
  std::size_t column = 1;
};
/// Of a byte of the source.
[[nodiscard]] TemplatePlace place_of(std::string_view source, std::size_t at) noexcept;

}  // namespace portico::notify

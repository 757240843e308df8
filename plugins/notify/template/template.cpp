// SPDX-License-Identifier: Apache-2.0
#include "template/template.h"

#include "shared/code_points.h"
#include "template/parser.h"

#include <algorithm>
#include <optional>

namespace portico::notify {
namespace {

using templates::FaultAt;

std::string with_plain_line_ends(std::string_view source, Escape escape) {
  std::string plain;
  plain.reserve(source.size());
  for (std::size_t i = 0; i < source.size(); ++i) {
    if (!source.substr(i).starts_with("\r\n")) plain += source[i];
  }
  while (escape == Escape::Line && plain.ends_with('\n')) plain.pop_back();
  return plain;
}

/// What would be dropped from data is a fault in a source: nobody sees why it is gone.
std::optional<FaultAt> fault_of_characters(std::string_view source, Escape escape) {
  for (std::size_t at = 0; at < source.size();) {
    const auto point = first_code_point(source.substr(at));
    if (!point) return FaultAt{at, "A template is written in UTF-8; save it so."};
    const bool line_end = point->value == '\n' || is_separator(point->value);
    if (line_end && escape == Escape::Line) return FaultAt{at, "A subject is one line."};
    const bool kept = point->value == '\n' || (point->value == '\t' && escape != Escape::Line);
    if (!kept && is_control(point->value)) {
      return FaultAt{at, "There is a control character here; take it out."};
    }
    at += point->bytes;
  }
  return std::nullopt;
}

}  // namespace

std::variant<Template, TemplateFault> Template::parse(std::string_view source, Escape escape) {
  if (source.size() > templates::MostSourceBytes) {
    return TemplateFault{1, 1, "A template has at most 256 KiB; move parts of it into partials."};
  }
  std::string plain = with_plain_line_ends(source, escape);
  const auto fault_at = [&plain](FaultAt fault) {
    const TemplatePlace place = place_of(plain, fault.at);
    return TemplateFault{place.line, place.column, std::move(fault.sentence)};
  };
  if (auto fault = fault_of_characters(plain, escape)) return fault_at(*std::move(fault));
  auto parsed = templates::parse_nodes(plain, escape);
  if (auto* const fault = std::get_if<FaultAt>(&parsed)) return fault_at(std::move(*fault));
  return Template(escape, std::move(plain), std::get<templates::Nodes>(std::move(parsed)));
}

std::string_view Template::text_of(const templates::Node& node) const noexcept {
  return std::string_view(source_).substr(node.begin, node.size);
}

TemplatePlace place_of(std::string_view source, std::size_t at) noexcept {
  const std::string_view before = source.substr(0, at);
  const std::size_t line_end = before.rfind('\n');
  const std::string_view line =
      line_end == std::string_view::npos ? before : before.substr(line_end + 1);
  const auto begins_point = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80; };
  return {static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')) + 1,
          static_cast<std::size_t>(std::count_if(line.begin(), line.end(), begins_point)) + 1};
}

}  // namespace portico::notify

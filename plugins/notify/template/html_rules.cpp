// SPDX-License-Identifier: Apache-2.0
#include "template/html_rules.h"

#include <algorithm>
#include <array>
#include <span>

namespace portico::notify::templates {
namespace {

constexpr std::array<std::string_view, 21> RefusedElements{
    "applet", "base",    "embed",    "frame",    "frameset", "iframe",    "listing",
    "math",   "noembed", "noframes", "noscript", "object",   "plaintext", "portal",
    "script", "select",  "svg",      "template", "textarea", "xml",       "xmp"};

/// With a link in them, or a list of links.
constexpr std::array<std::string_view, 10> LinkAttributes{
    "action",   "background", "cite",   "formaction", "href",
    "longdesc", "ping",       "poster", "src",        "srcset"};

/// Whatever stands in one of them is shown or sizes something; none is run or fetched.
constexpr std::array<std::string_view, 27> PlainAttributes{
    "abbr",     "align", "alt",     "bgcolor",  "border", "cellpadding", "cellspacing",
    "class",    "color", "colspan", "datetime", "dir",    "headers",     "height",
    "hreflang", "id",    "label",   "lang",     "name",   "placeholder", "role",
    "rowspan",  "scope", "summary", "title",    "valign", "width"};

bool is_among(std::span<const std::string_view> names, std::string_view name) noexcept {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Where a link that is none of the template's own is followed by a click at most, or fetches a
/// picture.
bool takes_link(std::string_view element, std::string_view attribute) noexcept {
  if (attribute == "href") return element == "a" || element == "area";
  if (attribute == "src") return element == "img";
  return attribute == "background" && (element == "table" || element == "td" || element == "th" ||
                                       element == "tr" || element == "body");
}

}  // namespace

Content content_of(std::string_view element, std::string_view attribute) noexcept {
  if (is_among(LinkAttributes, attribute)) {
    return takes_link(element, attribute) ? Content::Link : Content::FixedLink;
  }
  const bool plain = is_among(PlainAttributes, attribute) || attribute.starts_with("aria-");
  return plain ? Content::Plain : Content::Fixed;
}

std::string fault_of_element(std::string_view element) {
  if (!is_among(RefusedElements, element)) return {};
  return "A mail has no <" + std::string(element) + ">: mail programs drop it. Take it out.";
}

std::string fault_of_attribute(std::string_view attribute) {
  if (attribute.starts_with("on") || attribute == "srcdoc") {
    return "A mail runs no scripts: take " + std::string(attribute) + " out.";
  }
  return {};
}

std::string fault_of_variable_in(std::string_view element, std::string_view attribute) {
  if (attribute == "style") {
    return "A style takes no variable, for it could hide or cover the rest: write the styles out, "
           "with sections around those that differ.";
  }
  return "The attribute " + std::string(attribute) + " of <" + std::string(element) +
         "> takes no variable. A variable may stand in the text, in href of <a>, in src of <img>, "
         "and in attributes such as alt, title, width and lang.";
}

}  // namespace portico::notify::templates

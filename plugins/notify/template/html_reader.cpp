// SPDX-License-Identifier: Apache-2.0
#include "template/html_reader.h"

#include "shared/ascii.h"
#include "template/html_space.h"
#include "template/links.h"

#include <utility>

namespace portico::notify::templates {
namespace {

constexpr auto Nowhere = std::string_view::npos;

bool is_one_of(std::string_view characters, char c) noexcept {
  return characters.find(c) != Nowhere;
}

/// A character reference in a link could spell a scheme that is not seen here.
std::size_t reference_in(std::string_view link) noexcept {
  std::size_t at = link.find('&');
  while (at != Nowhere && link.substr(at).starts_with("&amp;")) at = link.find('&', at + 1);
  return at;
}

}  // namespace

std::optional<FaultAt> HtmlReader::read(std::string_view part) {
  part_ = part;
  next_ = 0;
  Fault fault;
  while (!fault && !ended()) {
    switch (at_) {
      case At::Title: fault = title(); break;
      case At::Style: fault = style(); break;
      case At::Value: fault = value(); break;
      default: fault = text(); break;
    }
  }
  return fault;
}

HtmlReader::Fault HtmlReader::text() {
  next_ = part_.find('<', next_);
  if (next_ != Nowhere) return markup();
  next_ = part_.size();
  return {};
}

HtmlReader::Fault HtmlReader::title() {
  next_ = part_.find('<', next_);
  if (next_ == Nowhere) {
    next_ = part_.size();
    return {};
  }
  if (!begins_with(rest(), "</title")) return refuse("A title has no tags: write &lt; for <.");
  return end_tag();
}

HtmlReader::Fault HtmlReader::style() {
  // A "<" of another kind would be dropped or shown by some; there is no need for one.
  next_ = part_.find('<', next_);
  if (next_ == Nowhere) {
    next_ = part_.size();
    return {};
  }
  if (!begins_with(rest(), "</style")) return refuse("Styles have no <: take it out.");
  return end_tag();
}

HtmlReader::Fault HtmlReader::markup() {
  const std::string_view tag = rest();
  if (tag.size() == 1) {
    at_ = At::TagName;
    ++next_;
    return {};
  }
  if (tag.starts_with("<!--")) return comment();
  if (tag[1] == '/') return end_tag();
  if (is_letter(tag[1])) return start_tag();
  if (!begins_with(tag, "<!doctype")) return refuse("Write &lt; for a < that begins no tag.");
  const std::size_t end = tag.find('>');
  if (end == Nowhere) return refuse("This <!DOCTYPE does not end: write > behind it.");
  next_ += end + 1;
  return {};
}

HtmlReader::Fault HtmlReader::comment() {
  const std::string_view inner = rest().substr(4);
  if (inner.starts_with('>') || inner.starts_with("->")) {
    return refuse("Some read this comment as ended at once: write text behind <!--.");
  }
  const std::size_t end = inner.find("-->");
  if (inner.substr(0, end).find("--!>") != Nowhere) {
    return refuse("Some read this comment as ended by --!>: take that out.");
  }
  if (end == Nowhere) {
    at_ = At::Comment;
    next_ = part_.size();
    return {};
  }
  next_ += 4 + end + 3;
  return {};
}

HtmlReader::Fault HtmlReader::end_tag() {
  const std::size_t begin = next_;
  next_ += 2;
  const std::string closed = name(":-");
  if (ended()) {
    at_ = At::TagName;
    return {};
  }
  skip_spaces();
  // "</titles>" does not end a title.
  const bool fits = at_ == At::Text ? !closed.empty() : closed == element_;
  if (!fits || ended() || part_[next_] != '>') {
    next_ = begin;
    return refuse("Write an end tag as </name>.");
  }
  ++next_;
  at_ = At::Text;
  return {};
}

HtmlReader::Fault HtmlReader::start_tag() {
  const std::size_t begin = next_++;
  element_ = name(":-");
  attribute_.clear();
  if (ended()) {
    at_ = At::TagName;
    return {};
  }
  if (auto sentence = fault_of_element(element_); !sentence.empty()) {
    next_ = begin;
    return refuse(std::move(sentence));
  }
  return attributes();
}

HtmlReader::Fault HtmlReader::attributes() {
  at_ = At::Tag;
  while (!ended()) {
    const char before = part_[next_];
    skip_spaces();
    if (ended()) return {};
    const bool closes = rest().starts_with("/>");
    if (closes || part_[next_] == '>') {
      next_ += closes ? 2 : 1;
      open_element();
      return {};
    }
    if (part_[next_] == '/' && rest().size() == 1) {
      ++next_;
      return {};
    }
    if (!is_space(before)) return refuse("Put a space here, or end the tag with >.");
    if (auto fault = attribute()) return fault;
    if (at_ != At::Tag) return {};
  }
  return {};
}

HtmlReader::Fault HtmlReader::attribute() {
  const std::size_t begin = next_;
  if (!is_letter(part_[next_])) return refuse("Write an attribute here, as name=\"value\".");
  attribute_ = name("_:.-");
  if (auto sentence = fault_of_attribute(attribute_); !sentence.empty()) {
    next_ = begin;
    return refuse(std::move(sentence));
  }
  content_ = content_of(element_, attribute_);
  link_ = Link::None;
  const std::size_t behind = next_;
  skip_spaces();
  if (ended() || part_[next_] != '=') {
    next_ = behind;
    return {};
  }
  ++next_;
  skip_spaces();
  if (ended()) {
    at_ = At::BareValue;
    return {};
  }
  if (!is_one_of("\"'", part_[next_])) return bare_value();
  quote_ = part_[next_++];
  at_ = At::Value;
  return {};
}

HtmlReader::Fault HtmlReader::value() {
  const std::size_t end = part_.find(quote_, next_);
  if (auto fault = check(rest().substr(0, end == Nowhere ? Nowhere : end - next_))) return fault;
  if (end == Nowhere) {
    next_ = part_.size();
    return {};
  }
  next_ = end + 1;
  return attributes();
}

HtmlReader::Fault HtmlReader::bare_value() {
  const std::size_t begin = next_;
  while (!ended() && !is_space(part_[next_]) && part_[next_] != '>') {
    if (is_one_of("\"'=<`", part_[next_])) return refuse("Put this value in quotes.");
    ++next_;
  }
  const std::size_t end = std::exchange(next_, begin);
  if (end == begin) return refuse("Write a value here, in quotes.");
  if (auto fault = check(part_.substr(begin, end - begin))) return fault;
  next_ = end;
  if (ended()) at_ = At::BareValue;
  return {};
}

HtmlReader::Fault HtmlReader::check(std::string_view value) {
  if (value.empty() || (content_ != Content::Link && content_ != Content::FixedLink)) return {};
  if (const std::size_t at = reference_in(value); at != Nowhere) {
    next_ += at;
    return refuse("Of character references a link has &amp; alone: write the character itself.");
  }
  if (link_ != Link::None) return {};
  const std::string_view scheme = scheme_of(value);
  if (scheme.empty() && !value.starts_with('#')) {
    return refuse("Begin a link with https:, http:, mailto:, tel: or #, or with a variable.");
  }
  link_ = is_address_scheme(scheme) ? Link::Address : Link::Begun;
  return {};
}

std::string HtmlReader::name(std::string_view more) {
  const std::size_t begin = next_;
  while (!ended() &&
         (is_letter(part_[next_]) || is_digit(part_[next_]) || is_one_of(more, part_[next_]))) {
    ++next_;
  }
  return in_small_letters(part_.substr(begin, next_ - begin));
}

void HtmlReader::skip_spaces() noexcept {
  while (!ended() && is_space(part_[next_])) ++next_;
}

void HtmlReader::open_element() noexcept {
  at_ = element_ == "title" ? At::Title : element_ == "style" ? At::Style : At::Text;
}

std::string HtmlReader::fault_of(Token::Kind kind) const {
  switch (at_) {
    case At::Text: return {};
    case At::Style: return "No tag stands in <style>: write the styles out.";
    case At::Comment: return "No tag stands in a comment of HTML: take it out, or end the comment.";
    case At::TagName: return "No tag stands in the name of an element: write the name out.";
    case At::Tag:
      return "No tag stands between attributes or in the name of one: write them out, and put a "
             "section around the whole element.";
    case At::BareValue:
      return "Put the value of " + attribute_ + " in quotes: " + attribute_ + "=\"{{name}}\".";
    case At::Title:
    case At::Value: break;
  }
  const bool whole =
      kind == Token::Kind::Partial || kind == Token::Kind::Layout || kind == Token::Kind::Block;
  if (whole)
    return "Partials, layouts and blocks stand in the text alone, not in a value or title.";
  if (at_ == At::Title) return {};
  if (kind == Token::Kind::Variable) {
    const bool fixed = content_ == Content::Fixed || content_ == Content::FixedLink;
    return fixed ? fault_of_variable_in(element_, attribute_) : std::string();
  }
  const bool link = content_ == Content::Link || content_ == Content::FixedLink;
  return link && kind != Token::Kind::Comment
             ? "A link has no sections: put the section around the whole element."
             : std::string();
}

Place HtmlReader::take_variable() noexcept {
  if (at_ != At::Value || content_ != Content::Link) return Place::Html;
  switch (link_) {
    case Link::None: link_ = Link::Begun; return Place::Url;
    case Link::Begun: return Place::UrlPart;
    case Link::Address: return Place::AddressPart;
  }
  return Place::UrlPart;
}

bool HtmlReader::stands_as(const HtmlReader& other) const noexcept {
  if (at_ != other.at_) return false;
  if (at_ != At::Value) return true;
  return element_ == other.element_ && attribute_ == other.attribute_ && quote_ == other.quote_;
}

}  // namespace portico::notify::templates

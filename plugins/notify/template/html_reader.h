// SPDX-License-Identifier: Apache-2.0
// Reads the HTML of a template, to know at each tag of the template where in the HTML it stands. It
// is stricter than browsers are, so that all of them read the same: what two could take in two ways
// is a fault. Tags stand in text, in <title> and in values in quotes, nowhere else. A value, any
// thread.
#pragma once

#include "template/html_rules.h"
#include "template/place.h"
#include "template/tokens.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace portico::notify::templates {

class HtmlReader {
 public:
  /// Reads on. A fault's place is in `part`.
  [[nodiscard]] std::optional<FaultAt> read(std::string_view part);

  /// Why such a tag cannot stand here; empty: it can.
  [[nodiscard]] std::string fault_of(Token::Kind kind) const;
  /// A variable stands here.
  Place take_variable() noexcept;

  /// Whether the source may end here.
  [[nodiscard]] bool at_text() const noexcept { return at_ == At::Text; }
  /// Whether what is read from here on is read as it would be from there on.
  [[nodiscard]] bool stands_as(const HtmlReader& other) const noexcept;

 private:
  enum class At : std::uint8_t {
    Text,
    Title,
    Value,  // In quotes.
    // No tag stands in the rest.
    Style,
    Comment,
    TagName,
    Tag,
    BareValue,
  };
  enum class Link : std::uint8_t { None, Begun, Address };

  using Fault = std::optional<FaultAt>;

  [[nodiscard]] Fault text();
  [[nodiscard]] Fault title();
  [[nodiscard]] Fault style();
  [[nodiscard]] Fault value();
  [[nodiscard]] Fault markup();
  [[nodiscard]] Fault comment();
  [[nodiscard]] Fault end_tag();
  [[nodiscard]] Fault start_tag();
  [[nodiscard]] Fault attributes();
  [[nodiscard]] Fault attribute();
  [[nodiscard]] Fault bare_value();
  [[nodiscard]] Fault check(std::string_view value);

  [[nodiscard]] Fault refuse(std::string sentence) const {
    return FaultAt{next_, std::move(sentence)};
  }
  [[nodiscard]] std::string_view rest() const noexcept { return part_.substr(next_); }
  [[nodiscard]] bool ended() const noexcept { return next_ == part_.size(); }
  [[nodiscard]] std::string name(std::string_view more);
  void skip_spaces() noexcept;
  void open_element() noexcept;

  At at_ = At::Text;
  std::string element_;
  std::string attribute_;
  char quote_ = '"';
  Content content_ = Content::Fixed;
  Link link_ = Link::None;

  std::string_view part_;
  std::size_t next_ = 0;
};

}  // namespace portico::notify::templates

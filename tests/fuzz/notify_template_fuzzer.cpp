// SPDX-License-Identifier: Apache-2.0
// A template, data and a partial of any bytes: what is refused says why in a sentence; what is made
// is bounded, and of HTML a browser sees the same tags whatever the texts in the data are. The
// input: a byte for the kind of template, then three parts with 0xFF between them.
#include "template/html_text.h"
#include "template/json.h"
#include "template/render.h"
#include "template/variables.h"
#include "tests/template/skeleton.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <variant>

namespace {

using namespace portico::notify;

void expect(bool holds) {
  if (!holds) std::abort();
}

std::string_view take_part(std::string_view& rest) {
  const std::size_t end = rest.find('\xFF');
  const std::string_view part = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  return part;
}

class OnePartial final : public Partials {
 public:
  explicit OnePartial(std::variant<Template, TemplateFault> parsed) : parsed_(std::move(parsed)) {}

  [[nodiscard]] const Template* find(std::string_view key, Escape /*escape*/) const override {
    return key == "p" ? std::get_if<Template>(&parsed_) : nullptr;
  }

 private:
  std::variant<Template, TemplateFault> parsed_;
};

/// The same tree with another text for each that is not empty.
Value with_texts(const Value& value, std::string_view text) {
  if (value.text() != nullptr) return value.text()->empty() ? value : Value(text);
  if (const auto* const list = value.list()) {
    Value::List other;
    for (const Value& each : *list) other.push_back(with_texts(each, text));
    return other;
  }
  if (const auto* const map = value.map()) {
    Value::Map other;
    for (const auto& [name, each] : *map) other.emplace(name, with_texts(each, text));
    return other;
  }
  return value;
}

void expect_plain(std::string_view made, Escape escape) {
  for (const char c : made) {
    const auto byte = static_cast<unsigned char>(c);
    const bool space = escape != Escape::Line && (c == '\n' || c == '\t');
    expect((byte >= 0x20 && byte != 0x7F) || space);
  }
}

void expect_known(const RenderFault& fault, const Template& source, const Partials& partials) {
  expect(fault.sentence.ends_with('.') && fault.line > 0 && fault.column > 0);
  if (fault.kind != RenderFault::Kind::MissingVariable || fault.name == ".") return;
  const auto variables = variables_of(source, partials);
  if (const auto* const all = std::get_if<std::vector<Variable>>(&variables)) {
    expect(std::any_of(all->begin(), all->end(),
                       [&](const Variable& each) { return each.name == fault.name; }));
  }
}

void try_html(const Template& source, const Value& value, const Partials& partials,
              const std::string& made) {
  static_cast<void>(text_of_html(made));
  const auto expected = test::skeleton_of(made);
  for (const std::string& tag : expected) expect(!tag.ends_with('!') || tag == "!");
  for (const std::string_view text :
       {"x", "\"onmouseover='x'><b></title></style>--><i>", "javascript:x", "https://x/\"'<"}) {
    const auto other = render(source, with_texts(value, text), partials);
    // It may have become too long.
    if (const auto* const html = std::get_if<std::string>(&other)) {
      expect(test::skeleton_of(*html) == expected);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto escape = static_cast<Escape>(data[0] % 3U);
  std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto parsed = Template::parse(take_part(rest), escape);
  const auto json = read_json(take_part(rest));
  const OnePartial partials(Template::parse(take_part(rest), escape));
  if (const auto* const fault = std::get_if<JsonFault>(&json)) expect(!fault->sentence.empty());
  if (const auto* const fault = std::get_if<TemplateFault>(&parsed)) {
    expect(fault->sentence.ends_with('.') && fault->line > 0 && fault->column > 0);
    return 0;
  }
  const auto& source = std::get<Template>(parsed);
  const auto* const given = std::get_if<Value>(&json);
  const Value value = given == nullptr ? Value::Map{} : *given;
  const auto made = render(source, value, partials);
  if (const auto* const fault = std::get_if<RenderFault>(&made)) {
    expect_known(*fault, source, partials);
    return 0;
  }
  const auto& text = std::get<std::string>(made);
  expect(text.size() <= (escape == Escape::Line ? MostLineBytes : MostRenderedBytes));
  expect_plain(text, escape);
  if (escape == Escape::Html) try_html(source, value, partials, text);
  return 0;
}

// SPDX-License-Identifier: Apache-2.0
// Templates in the hands of a test: what they make of JSON, or the fault in a form to compare.
#pragma once

#include "template/json.h"
#include "template/partials.h"
#include "template/render.h"
#include "template/template.h"
#include "template/value.h"

#include <map>
#include <string>
#include <string_view>

namespace portico::notify::test {

/// Partials of a test, by key; all of one kind.
class Table final : public Partials {
 public:
  Table() = default;
  explicit Table(Escape escape) : escape_(escape) {}

  Table& add(std::string_view key, std::string_view source);
  [[nodiscard]] const Template* find(std::string_view key, Escape escape) const override;

 private:
  Escape escape_ = Escape::Html;
  std::map<std::string, Template, std::less<>> templates_;
};

/// Fails the test where there is a fault.
[[nodiscard]] Template parsed(std::string_view source, Escape escape);
[[nodiscard]] Value data(std::string_view json);

/// "line:column sentence"; empty: there is none.
[[nodiscard]] std::string fault_of(std::string_view source, Escape escape);
/// The sentence alone.
[[nodiscard]] std::string sentence_of(std::string_view source, Escape escape = Escape::Html);

/// What is made, or "!" and the kind of the fault, its name and its sentence.
[[nodiscard]] std::string html(std::string_view source, std::string_view json = "{}",
                               const Partials& partials = NoPartials());
[[nodiscard]] std::string text(std::string_view source, std::string_view json = "{}",
                               const Partials& partials = NoPartials());
[[nodiscard]] std::string line(std::string_view source, std::string_view json = "{}",
                               const Partials& partials = NoPartials());
[[nodiscard]] std::string made(const Template& source, const Value& value,
                               const Partials& partials = NoPartials());

}  // namespace portico::notify::test

// SPDX-License-Identifier: Apache-2.0
#include "condition/json.h"

#include <charconv>
#include <optional>
#include <system_error>
#include <utility>

#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

namespace portico::rbac::condition {
namespace {

template <class Number>
std::optional<Literal> whole_number(std::string_view digits) {
  Number number{};
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

/// What stays unseen by the reader, which checks raw bytes alone: \u0000, and the second half of a
/// pair of surrogates where the first is not.
bool is_text(std::string_view text) noexcept {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\0') return false;
    if (text[i] == '\xED' && i + 1 < text.size() && text[i + 1] >= '\xA0') return false;
  }
  return true;
}

}  // namespace

/// Makes items of what RapidJSON's reader reports. A function that returns false stops the reader.
class Json::Builder {
 public:
  using Size = rapidjson::SizeType;

  explicit Builder(std::vector<Item>& items) noexcept : items_(items) {}

  [[nodiscard]] const std::optional<Fault>& fault() const noexcept { return fault_; }

  // NOLINTBEGIN(readability-identifier-naming): the names that RapidJSON calls.
  bool Null() { return add({.what = Json::Null{}, .key = {}}); }
  bool Bool(bool value) { return add({.what = Literal(value), .key = {}}); }
  // Of numbers comes the text alone.
  bool Int(int /*value*/) { return false; }
  bool Uint(unsigned /*value*/) { return false; }
  bool Int64(std::int64_t /*value*/) { return false; }
  bool Uint64(std::uint64_t /*value*/) { return false; }
  bool Double(double /*value*/) { return false; }
  bool RawNumber(const char* digits, Size length, bool /*copy*/) {
    return number({digits, length});
  }
  bool String(const char* text, Size length, bool /*copy*/) {
    const std::string_view value(text, length);
    if (!is_text(value)) return refuse(here(), "A text is UTF-8 without NUL and lone surrogates.");
    return add({.what = Literal(std::string(value)), .key = {}});
  }
  bool Key(const char* text, Size length, bool /*copy*/) {
    key_.assign(text, length);
    return is_text(key_) ? is_new() : refuse(here(), "A name is UTF-8 without NUL.");
  }
  bool StartObject() { return open(Object{}); }
  bool EndObject(Size /*members*/) { return close(); }
  bool StartArray() { return open(Array{}); }
  bool EndArray(Size /*elements*/) { return close(); }
  // NOLINTEND(readability-identifier-naming)

 private:
  struct Container {
    std::uint32_t item = 0;
    std::uint32_t last = 0;  // Its latest child; 0: none yet.
  };

  bool refuse(std::string where, std::string sentence) {
    fault_ = {std::move(where), std::move(sentence)};
    return false;
  }

  bool number(std::string_view digits) {
    const bool whole = digits.find_first_of(".eE") == std::string_view::npos;
    auto value = whole ? whole_number<std::int64_t>(digits) : whole_number<double>(digits);
    if (value) return add({.what = *std::move(value), .key = {}});
    return refuse(here(), whole ? "An integer has 64 bits: write one of -9223372036854775808 to "
                                  "9223372036854775807."
                                : "Write a number that a double can hold.");
  }

  bool add(Item item) {
    item.key = std::exchange(key_, {});
    const auto index = static_cast<std::uint32_t>(items_.size());
    items_.push_back(std::move(item));
    if (open_.empty()) return true;
    Container& parent = open_.back();
    (parent.last == 0 ? items_[parent.item].first : items_[parent.last].next) = index;
    parent.last = index;
    ++items_[parent.item].size;
    return true;
  }

  template <class Kind>
  bool open(Kind kind) {
    if (open_.size() == MostDepth) return refuse({}, "Nest conditions at most 8 deep.");
    add({.what = kind, .key = {}});
    open_.push_back({.item = static_cast<std::uint32_t>(items_.size() - 1)});
    return true;
  }

  bool close() noexcept {
    open_.pop_back();
    return true;
  }

  // Each name is compared with all before it: cheap up to the bound, which keeps it so.
  bool is_new() {
    if (items_[open_.back().item].size == MostMembers) {
      return refuse(here(), "No object of a condition has that many members; remove some.");
    }
    for (const Value each : Value(items_.data(), open_.back().item)) {
      if (each.key() == key_) return refuse(here(), "Two members have this name; keep one.");
    }
    return true;
  }

  /// The JSON pointer of what comes next.
  [[nodiscard]] std::string here() const {
    std::string where;
    for (std::size_t i = 0; i < open_.size(); ++i) {
      const Item& container = items_[open_[i].item];
      const bool innermost = i + 1 == open_.size();
      if (std::holds_alternative<Object>(container.what)) {
        where += pointer_step(innermost ? std::string_view(key_) : items_[open_[i].last].key);
      } else {
        where += pointer_step(std::size_t{container.size} - (innermost ? 0 : 1));
      }
    }
    return where;
  }

  std::vector<Item>& items_;
  std::string key_;
  std::vector<Container> open_;
  std::optional<Fault> fault_;
};

bool Json::Value::is_array() const noexcept {
  return std::holds_alternative<Array>(items_[at_].what);
}

bool Json::Value::is_object() const noexcept {
  return std::holds_alternative<Object>(items_[at_].what);
}

const Literal* Json::Value::literal() const noexcept {
  return std::get_if<Literal>(&items_[at_].what);
}

const std::string* Json::Value::text() const noexcept {
  const Literal* const value = literal();
  return value != nullptr ? std::get_if<std::string>(value) : nullptr;
}

std::variant<Json, Fault> Json::parse(std::string_view text) {
  // The reader takes one for the end of the text, and what stands behind it would pass unseen.
  if (text.find('\0') != std::string_view::npos) {
    return Fault{{}, "A condition has no NUL character in it."};
  }
  constexpr unsigned Flags = rapidjson::kParseIterativeFlag |
                             rapidjson::kParseValidateEncodingFlag |
                             rapidjson::kParseNumbersAsStringsFlag;
  Json json;
  rapidjson::MemoryStream stream(text.data(), text.size());
  rapidjson::Reader reader;
  Builder builder(json.items_);
  if (reader.Parse<Flags>(stream, builder)) return json;
  if (builder.fault()) return *builder.fault();
  return Fault{{},
               "This is not JSON, at byte " + std::to_string(reader.GetErrorOffset()) + ": " +
                   rapidjson::GetParseError_En(reader.GetParseErrorCode())};
}

}  // namespace portico::rbac::condition

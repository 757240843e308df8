// SPDX-License-Identifier: Apache-2.0
#include "template/json.h"

#include <charconv>
#include <cstdint>
#include <optional>
#include <system_error>
#include <utility>

#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

namespace portico::notify {
namespace {

template <class Number>
std::optional<Value> number_of(std::string_view digits) {
  Number number{};
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return Value(number);
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

/// Makes a value of what RapidJSON's reader reports. A function that returns false stops the
/// reader.
class Builder {
 public:
  using Size = rapidjson::SizeType;

  [[nodiscard]] const std::string& fault() const noexcept { return fault_; }
  [[nodiscard]] Value take() { return std::move(done_); }

  // NOLINTBEGIN(readability-identifier-naming): the names that RapidJSON calls.
  bool Null() { return add({}); }
  bool Bool(bool value) { return add(value); }
  // Of numbers comes the text alone.
  bool Int(int /*value*/) { return false; }
  bool Uint(unsigned /*value*/) { return false; }
  bool Int64(std::int64_t /*value*/) { return false; }
  bool Uint64(std::uint64_t /*value*/) { return false; }
  bool Double(double /*value*/) { return false; }
  bool RawNumber(const char* digits, Size length, bool /*copy*/) {
    const std::string_view text(digits, length);
    const bool whole = text.find_first_of(".eE") == std::string_view::npos;
    auto number = whole ? number_of<std::int64_t>(text) : number_of<double>(text);
    return number ? add(*std::move(number))
                  : refuse("Write a number that 64 bits hold, or write it as a text.");
  }
  bool String(const char* text, Size length, bool /*copy*/) {
    const std::string_view value(text, length);
    return is_text(value) ? add(value) : refuse("A text is UTF-8 without NUL and lone surrogates.");
  }
  bool Key(const char* text, Size length, bool /*copy*/) {
    Open& inner = open_.back();
    inner.key.assign(text, length);
    if (!is_text(inner.key)) return refuse("A name is UTF-8 without NUL.");
    return inner.members.contains(inner.key) ? refuse("Two members have one name; keep one.")
                                             : true;
  }
  bool StartObject() { return open({.is_map = true}); }
  bool EndObject(Size /*members*/) {
    Open closed = close();
    return add(std::move(closed.members));
  }
  bool StartArray() { return open({}); }
  bool EndArray(Size /*elements*/) {
    Open closed = close();
    return add(std::move(closed.elements));
  }
  // NOLINTEND(readability-identifier-naming)

 private:
  struct Open {
    bool is_map = false;
    std::string key{};
    Value::Map members{};
    Value::List elements{};
  };

  bool refuse(const char* sentence) {
    fault_ = sentence;
    return false;
  }

  bool open(Open container) {
    if (open_.size() == MostJsonDepth) return refuse("Nest values at most 32 deep.");
    open_.push_back(std::move(container));
    return true;
  }

  Open close() {
    Open closed = std::move(open_.back());
    open_.pop_back();
    return closed;
  }

  bool add(Value value) {
    if (open_.empty()) {
      done_ = std::move(value);
    } else if (Open& inner = open_.back(); inner.is_map) {
      inner.members.emplace(std::move(inner.key), std::move(value));
    } else {
      inner.elements.push_back(std::move(value));
    }
    return true;
  }

  std::vector<Open> open_;
  Value done_;
  std::string fault_;
};

}  // namespace

std::variant<Value, JsonFault> read_json(std::string_view json) {
  if (json.size() > MostJsonBytes) return JsonFault{0, "Data has at most 256 KiB of JSON."};
  // The reader takes one for the end of the text, and what stands behind it would pass unseen.
  if (const std::size_t at = json.find('\0'); at != std::string_view::npos) {
    return JsonFault{at, "JSON has no NUL character in it."};
  }
  constexpr unsigned Flags = rapidjson::kParseIterativeFlag |
                             rapidjson::kParseValidateEncodingFlag |
                             rapidjson::kParseNumbersAsStringsFlag;
  rapidjson::MemoryStream stream(json.data(), json.size());
  rapidjson::Reader reader;
  Builder builder;
  if (!reader.Parse<Flags>(stream, builder)) {
    return JsonFault{reader.GetErrorOffset(),
                     builder.fault().empty()
                         ? std::string("This is not JSON: ") +
                               rapidjson::GetParseError_En(reader.GetParseErrorCode())
                         : builder.fault()};
  }
  Value value = builder.take();
  if (value.map() == nullptr) return JsonFault{0, "Data is an object: {\"name\": \"Ada\"}."};
  return value;
}

}  // namespace portico::notify

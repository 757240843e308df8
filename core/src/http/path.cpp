// SPDX-License-Identifier: Apache-2.0
#include "http/path.h"

#include "base/hex.h"
#include "base/text.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace portico::http {
namespace {

enum class Sort : std::uint8_t {
  Refused,
  Unreserved,  // Never written as an escape.
  Kept,        // As it stands; its escape means something else and stays.
  Escaped,     // Not a URI's, but what browsers send raw.
};

constexpr std::array<Sort, 256> Sorts = [] {
  std::array<Sort, 256> sorts{};
  for (unsigned c = 0; c < 256; ++c) {
    const auto letter = static_cast<char>(c);
    const auto one_of = [letter](std::string_view set) {
      return set.find(letter) != std::string_view::npos;
    };
    const bool word = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                      (letter >= '0' && letter <= '9');
    if (word || one_of("-._~")) sorts[c] = Sort::Unreserved;
    if (one_of("/:@!$&'()*+,;=")) sorts[c] = Sort::Kept;
    if (one_of("\"<>[]^`{|}")) sorts[c] = Sort::Escaped;
  }
  return sorts;
}();

[[nodiscard]] Sort sort_of(char c) { return Sorts[static_cast<unsigned char>(c)]; }

/// Writes the normal form front to back; a ".." takes back what is there.
class Writer {
 public:
  explicit Writer(char* space) : begin_(space), at_(space) {}

  void put(char c) { *at_++ = c; }
  void put_escape(unsigned value) {
    constexpr std::string_view Hex = "0123456789ABCDEF";
    put('%');
    put(Hex[value >> 4]);
    put(Hex[value & 15]);
  }
  /// Ends a segment; false when it led out of the root or hid a dot segment.
  [[nodiscard]] bool end_segment() {
    const std::string_view segment(segment_, static_cast<std::size_t>(at_ - segment_));
    const std::string_view name = segment.substr(0, segment.find(';'));
    if (name != "." && name != "..") return true;
    if (name.size() != segment.size()) return false;
    at_ = segment_;
    if (segment.size() == 1) return true;
    // Back over the slash before it and the segment before that.
    if (at_ == begin_ + 1) return false;
    --at_;
    while (at_[-1] != '/') --at_;
    return true;
  }
  /// After a slash. A second one adds nothing.
  void begin_segment() {
    if (at_ == begin_ || at_[-1] != '/') put('/');
    segment_ = at_;
  }
  [[nodiscard]] std::string_view text() const {
    return {begin_, static_cast<std::size_t>(at_ - begin_)};
  }

 private:
  char* begin_;
  char* at_;
  char* segment_ = nullptr;
};

/// What the escape at the front of `text` stands for; -1 where there is none or it is broken.
[[nodiscard]] int escaped_byte(std::string_view text) {
  if (text.size() < 3 || text[0] != '%') return -1;
  const int high = base::hex_value(text[1]);
  const int low = base::hex_value(text[2]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/// The escapes of one character outside ASCII. Returns how much of `text` was taken; 0: refused.
[[nodiscard]] std::size_t write_character(std::string_view text, Writer& writer) {
  std::array<char, 4> bytes{};
  std::size_t count = 0;
  for (; count < bytes.size(); ++count) {
    const int byte = escaped_byte(text.substr(std::min(3 * count, text.size())));
    if (byte < 0) break;
    bytes[count] = static_cast<char>(byte);
  }
  // An overlong form is ASCII in disguise, "%C0%AF" a slash, to whoever decodes it carelessly.
  const std::size_t length = base::utf8_length({bytes.data(), count});
  for (const char byte : std::span(bytes).first(length)) {
    writer.put_escape(static_cast<unsigned char>(byte));
  }
  return 3 * length;
}

/// What stands at the front of `text` escaped, decoded where that is harmless. Returns how much was
/// taken; 0: refused.
[[nodiscard]] std::size_t write_escape(std::string_view text, Writer& writer) {
  const int byte = escaped_byte(text);
  if (byte >= 0x80) return write_character(text, writer);
  // A slash in disguise would split the path differently behind us; controls are never honest.
  if (byte < 0x20 || byte == 0x7f || byte == '/' || byte == '\\') return 0;
  const auto value = static_cast<unsigned>(byte);
  if (Sorts[value] == Sort::Unreserved) {
    writer.put(static_cast<char>(value));
  } else {
    writer.put_escape(value);
  }
  return 3;
}

[[nodiscard]] bool is_normal(std::string_view raw) {
  for (std::size_t i = 0; i < raw.size(); ++i) {
    const Sort sort = sort_of(raw[i]);
    if (sort == Sort::Refused || sort == Sort::Escaped) return false;  // '%' is refused here too.
    if (raw[i] == '/' && i + 1 < raw.size() && (raw[i + 1] == '/' || raw[i + 1] == '.'))
      return false;
  }
  return true;
}

}  // namespace

std::optional<std::string_view> normal_path(std::string_view raw, std::span<char> space) noexcept {
  if (raw.empty() || raw.front() != '/') return std::nullopt;
  if (is_normal(raw)) return raw;
  Writer writer(space.data());
  writer.begin_segment();
  for (std::size_t i = 1; i < raw.size(); ++i) {
    const char c = raw[i];
    if (c == '%') {
      const std::size_t taken = write_escape(raw.substr(i), writer);
      if (taken == 0) return std::nullopt;
      i += taken - 1;
    } else if (c == '/') {
      if (!writer.end_segment()) return std::nullopt;
      writer.begin_segment();
    } else if (sort_of(c) == Sort::Escaped) {
      writer.put_escape(static_cast<unsigned char>(c));
    } else if (sort_of(c) == Sort::Refused) {
      return std::nullopt;
    } else {
      writer.put(c);
    }
  }
  if (!writer.end_segment()) return std::nullopt;
  return writer.text();
}

}  // namespace portico::http

// SPDX-License-Identifier: Apache-2.0
// A reader of what mail/ writes, as a recipient's is: it unfolds, decodes and takes apart. Written
// by the RFCs alone, it shares nothing with the writer.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace portico::notify::test {

/// Each with its CRLF. What a lone CR or LF would end is a line too, and then has no CRLF.
[[nodiscard]] std::vector<std::string> lines_of(std::string_view bytes);

struct Field {
  std::string name;
  std::string value;  ///< Unfolded; not decoded.
};

struct Parsed {
  std::vector<Field> fields;
  std::string body;

  /// Of the field of that name, of which there is one; else a text that says so.
  [[nodiscard]] std::string value(std::string_view name) const;
};

[[nodiscard]] Parsed parsed(std::string_view bytes);

/// Encoded words become text; blanks between two of them go.
[[nodiscard]] std::string decoded_words(std::string_view value);
[[nodiscard]] std::string from_base64(std::string_view text);
[[nodiscard]] std::string from_quoted_printable(std::string_view text);
/// By Content-Transfer-Encoding.
[[nodiscard]] std::string decoded_body(const Parsed& part);
/// Of a multipart body, by the boundary that Content-Type names.
[[nodiscard]] std::vector<Parsed> parts_of(const Parsed& message);

}  // namespace portico::notify::test

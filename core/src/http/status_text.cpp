// SPDX-License-Identifier: Apache-2.0
#include "http/status_text.h"

#include <array>
#include <cstddef>
#include <utility>

namespace portico::http {
namespace {

using Phrase = std::pair<std::uint16_t, std::string_view>;

constexpr std::array Phrases = {
    Phrase{100, "Continue"},
    Phrase{101, "Switching Protocols"},
    Phrase{103, "Early Hints"},
    Phrase{200, "OK"},
    Phrase{201, "Created"},
    Phrase{202, "Accepted"},
    Phrase{203, "Non-Authoritative Information"},
    Phrase{204, "No Content"},
    Phrase{205, "Reset Content"},
    Phrase{206, "Partial Content"},
    Phrase{207, "Multi-Status"},
    Phrase{300, "Multiple Choices"},
    Phrase{301, "Moved Permanently"},
    Phrase{302, "Found"},
    Phrase{303, "See Other"},
    Phrase{304, "Not Modified"},
    Phrase{307, "Temporary Redirect"},
    Phrase{308, "Permanent Redirect"},
    Phrase{400, "Bad Request"},
    Phrase{401, "Unauthorized"},
    Phrase{402, "Payment Required"},
    Phrase{403, "Forbidden"},
    Phrase{404, "Not Found"},
    Phrase{405, "Method Not Allowed"},
    Phrase{406, "Not Acceptable"},
    Phrase{407, "Proxy Authentication Required"},
    Phrase{408, "Request Timeout"},
    Phrase{409, "Conflict"},
    Phrase{410, "Gone"},
    Phrase{411, "Length Required"},
    Phrase{412, "Precondition Failed"},
    Phrase{413, "Content Too Large"},
    Phrase{414, "URI Too Long"},
    Phrase{415, "Unsupported Media Type"},
    Phrase{416, "Range Not Satisfiable"},
    Phrase{417, "Expectation Failed"},
    Phrase{418, "I'm a teapot"},
    Phrase{421, "Misdirected Request"},
    Phrase{422, "Unprocessable Content"},
    Phrase{423, "Locked"},
    Phrase{424, "Failed Dependency"},
    Phrase{425, "Too Early"},
    Phrase{426, "Upgrade Required"},
    Phrase{428, "Precondition Required"},
    Phrase{429, "Too Many Requests"},
    Phrase{431, "Request Header Fields Too Large"},
    Phrase{451, "Unavailable For Legal Reasons"},
    Phrase{500, "Internal Server Error"},
    Phrase{501, "Not Implemented"},
    Phrase{502, "Bad Gateway"},
    Phrase{503, "Service Unavailable"},
    Phrase{504, "Gateway Timeout"},
    Phrase{505, "HTTP Version Not Supported"},
    Phrase{507, "Insufficient Storage"},
    Phrase{511, "Network Authentication Required"},
};

constexpr std::array<std::string_view, 6> Classes = {
    "Unknown", "Informational", "Success", "Redirection", "Client Error", "Server Error"};

struct Line {
  std::array<char, 64> bytes{};
  std::size_t size = 0;
  constexpr void add(std::string_view text) {
    for (const char c : text) bytes[size++] = c;
  }
};

constexpr auto Lines = [] {
  std::array<Line, Phrases.size()> lines{};
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto code = Phrases[i].first;
    const std::array digits{static_cast<char>('0' + code / 100),
                            static_cast<char>('0' + code / 10 % 10),
                            static_cast<char>('0' + code % 10)};
    lines[i].add("HTTP/1.1 ");
    lines[i].add({digits.data(), digits.size()});
    lines[i].add(" ");
    lines[i].add(Phrases[i].second);
    lines[i].add("\r\n");
  }
  return lines;
}();

constexpr std::uint8_t Nowhere = 0xff;

/// By the code, where it stands in both.
constexpr auto Places = [] {
  std::array<std::uint8_t, 512> places{};
  places.fill(Nowhere);
  for (std::size_t i = 0; i < Phrases.size(); ++i) {
    places[Phrases[i].first] = static_cast<std::uint8_t>(i);
  }
  return places;
}();

[[nodiscard]] std::uint8_t place_of(std::uint16_t status) noexcept {
  return status < Places.size() ? Places[status] : Nowhere;
}

}  // namespace

std::string_view status_line(std::uint16_t status) noexcept {
  const std::uint8_t place = place_of(status);
  if (place == Nowhere) return {};
  return {Lines[place].bytes.data(), Lines[place].size};
}

std::string_view status_text(std::uint16_t status) noexcept {
  if (const std::uint8_t place = place_of(status); place != Nowhere) return Phrases[place].second;
  const std::size_t group = status / 100;
  return Classes[group < Classes.size() ? group : 0];
}

}  // namespace portico::http

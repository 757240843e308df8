// SPDX-License-Identifier: Apache-2.0
// The units of the YAML file as types. A field of one of these types is parsed, checked, printed
// and documented by its type alone; `std::chrono::milliseconds` and its siblings are durations
// ("10s").
#pragma once

#include <portico/api.h>

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace portico {

/// An amount of bytes: "32KiB", "10MiB", "512".
struct Bytes {
  std::uint64_t count = 0;
  friend auto operator<=>(const Bytes&, const Bytes&) = default;
};

/// A block of addresses: "10.0.0.0/8", "::1/128", or a single address. IPv4 is kept as mapped IPv6.
struct Cidr {
  std::array<std::uint8_t, 16> network{};
  std::uint8_t prefix = 128;

  [[nodiscard]] PORTICO_API bool contains(
      const std::array<std::uint8_t, 16>& address) const noexcept;
  friend bool operator==(const Cidr&, const Cidr&) = default;
};

/// An absolute URL. The text is kept as written; the parts are what it was parsed into.
struct Url {
  std::string text;
  std::string scheme;
  std::string user;
  std::string password;
  std::string host;  ///< Without the brackets of an IPv6 address; empty for unix: and sqlite:.
  std::uint16_t port = 0;  ///< The scheme's own where none was written, else 0.
  std::string path;        ///< With the query, as written; the file of unix: and sqlite:.

  /// As written, the password replaced by stars. The only form that may be logged.
  [[nodiscard]] PORTICO_API std::string masked() const;
};

/// An origin of the Fetch standard: scheme, host and port, no path ("https://app.example.com").
struct Origin {
  std::string text;  ///< Serialised: lower case, default port left out.
  friend bool operator==(const Origin&, const Origin&) = default;
};

/// Text that must never be printed: it has no way to a stream, and every dump of settings shows
/// stars.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string text) : text_(std::move(text)) {}
  [[nodiscard]] const std::string& reveal() const noexcept { return text_; }
  [[nodiscard]] bool empty() const noexcept { return text_.empty(); }

 private:
  std::string text_;
};

/// Anything that JSON can say, as compact JSON text: of a body as it was sent, of the file's YAML
/// as the same in JSON. `null` where the file or body has one; empty where there is nothing.
struct Json {
  std::string text;
};

class Request;

namespace detail {
struct TemplateProgram;
}

/// Text with variables of the request: "{request.id}", "{client.address}", "{path.id}". Compiled
/// when the file is loaded, so that an unknown variable is an error of the file, never of a
/// request.
class PORTICO_API Template {
 public:
  Template() noexcept;
  /// Compiles `text`; throws std::invalid_argument with what is wrong.
  explicit Template(std::string_view text);
  Template(const Template& other);
  Template(Template&& other) noexcept;
  Template& operator=(Template other) noexcept;
  ~Template();

  /// The text with every variable filled in, in the request's memory.
  [[nodiscard]] std::string_view render(const Request& request) const;
  /// As written.
  [[nodiscard]] std::string_view source() const noexcept;
  [[nodiscard]] bool empty() const noexcept;
  /// Name of the n-th variable, in order of appearance; empty past the last.
  [[nodiscard]] std::string_view variable(std::size_t index) const noexcept;

 private:
  detail::TemplateProgram* program_;
};

}  // namespace portico

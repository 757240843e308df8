// SPDX-License-Identifier: Apache-2.0
// What the admin address answers: a pure function from a request to a response, whatever server
// carries it. On a loopback address or a unix socket everything readable is open; elsewhere only
// /health/* is, and the rest needs the token. A Host or Origin that is not ours is refused
// everywhere: a page in the operator's browser must not reach this address under a name of its own
// (DNS rebinding). What changes something is a POST with the token, on loopback too: every process
// of the machine reaches that.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace portico {
class Request;
}

namespace portico::admin {

/// Where the request came in.
enum class Place : std::uint8_t { Loopback, Elsewhere };

struct AdminRequest {
  std::string_view method;
  std::string_view path;  ///< Normalised.
  std::string_view host;  ///< The Host field as received, with the port.
  std::optional<std::string_view> origin;
  std::optional<std::string_view> authorization;
  Place place = Place::Elsewhere;
  Request* message = nullptr;  ///< For pages of plugins; null: there are none.
};

/// A body for HEAD too; the server leaves it out.
struct AdminResponse {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
};

/// What is shown. Any thread.
class Pages {
 public:
  Pages() = default;
  Pages(const Pages&) = delete;
  Pages& operator=(const Pages&) = delete;
  virtual ~Pages() = default;
  /// JSON that was made before: a probe costs no work.
  struct Readiness {
    bool ready;
    std::string json;
  };
  [[nodiscard]] virtual Readiness readiness() const = 0;
  /// For Prometheus. Made anew for each request, as the others are.
  [[nodiscard]] virtual std::string metrics() const = 0;
  /// JSON, without secrets.
  [[nodiscard]] virtual std::string status() const = 0;
  /// What the plugins of this process have at "/plugins/NAME/...".
  struct PluginPage {
    std::string allow{};  ///< The methods that it is there for; empty: there is none.
    std::optional<AdminResponse> answer{};  ///< Where the method is one of them.
  };
  enum class Ask : std::uint8_t { Whether, Answer };
  [[nodiscard]] virtual PluginPage plugin_page(const AdminRequest& request, Ask ask) const = 0;
};

struct AdminSettings {
  std::string token;               ///< Empty: nothing but /health/* is answered off loopback.
  std::vector<std::string> hosts;  ///< Names that are ours beside localhost and every IP address.
  std::string version;             ///< Of the program.
  const Pages* pages = nullptr;    ///< Null: there are none.
};

class Admin {
 public:
  explicit Admin(AdminSettings settings);
  /// Any thread.
  [[nodiscard]] AdminResponse answer(const AdminRequest& request) const;
  /// Whether an answer to this path takes longer than an event loop should wait.
  [[nodiscard]] static bool takes_time(std::string_view path) noexcept;

 private:
  [[nodiscard]] bool is_ours(std::string_view host) const;
  [[nodiscard]] AdminResponse page(std::string_view path) const;
  [[nodiscard]] AdminResponse plugin_page(const AdminRequest& request) const;
  [[nodiscard]] bool holds_token(const std::optional<std::string_view>& authorization) const;

  AdminSettings settings_;
};

}  // namespace portico::admin

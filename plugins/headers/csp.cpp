// SPDX-License-Identifier: Apache-2.0
#include "csp.h"

#include <algorithm>
#include <array>
#include <utility>

namespace portico::headers {
namespace {

/// helmet's, in its order.
const std::array<std::pair<std::string_view, std::vector<std::string>>, 11>& default_directives() {
  static const std::array<std::pair<std::string_view, std::vector<std::string>>, 11> defaults = {{
      {"default-src", {"'self'"}},
      {"base-uri", {"'self'"}},
      {"font-src", {"'self'", "https:", "data:"}},
      {"form-action", {"'self'"}},
      {"frame-ancestors", {"'self'"}},
      {"img-src", {"'self'", "data:"}},
      {"object-src", {"'none'"}},
      {"script-src", {"'self'"}},
      {"script-src-attr", {"'none'"}},
      {"style-src", {"'self'", "https:", "'unsafe-inline'"}},
      {"upgrade-insecure-requests", {}},
  }};
  return defaults;
}

constexpr std::array<std::string_view, 27> Known = {"base-uri",
                                                    "block-all-mixed-content",
                                                    "child-src",
                                                    "connect-src",
                                                    "default-src",
                                                    "fenced-frame-src",
                                                    "font-src",
                                                    "form-action",
                                                    "frame-ancestors",
                                                    "frame-src",
                                                    "img-src",
                                                    "manifest-src",
                                                    "media-src",
                                                    "object-src",
                                                    "prefetch-src",
                                                    "report-to",
                                                    "report-uri",
                                                    "require-trusted-types-for",
                                                    "sandbox",
                                                    "script-src",
                                                    "script-src-attr",
                                                    "script-src-elem",
                                                    "style-src",
                                                    "style-src-attr",
                                                    "style-src-elem",
                                                    "trusted-types",
                                                    "upgrade-insecure-requests"};

/// What stands in single quotes. Without them the first nine are names of hosts that nobody means.
constexpr std::array<std::string_view, 14> Keywords = {"self",
                                                       "none",
                                                       "unsafe-inline",
                                                       "unsafe-eval",
                                                       "strict-dynamic",
                                                       "report-sample",
                                                       "unsafe-hashes",
                                                       "wasm-unsafe-eval",
                                                       "inline-speculation-rules",
                                                       "unsafe-allow-redirects",
                                                       "trusted-types-eval",
                                                       "unsafe-webtransport-hashes",
                                                       "allow-duplicates",
                                                       "script"};
constexpr std::size_t NeverAHost = 9;

constexpr std::array<std::string_view, 3> Hashes = {"sha256-", "sha384-", "sha512-"};

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& words, std::string_view word,
              std::size_t count = N) {
  const auto* const end = words.begin() + count;
  return std::find(words.begin(), end, word) != end;
}

bool is_hash(std::string_view source) {
  return std::any_of(Hashes.begin(), Hashes.end(),
                     [source](std::string_view prefix) { return source.starts_with(prefix); });
}

std::string in_quotes(std::string_view word) { return "\"'" + std::string(word) + "'\""; }

/// "scriptSrc" as "script-src".
std::string dashed(std::string_view name) {
  std::string text;
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z') {
      text += '-';
      text += static_cast<char>(c + ('a' - 'A'));
    } else {
      text += c == '_' ? '-' : c;
    }
  }
  return text;
}

std::string fault_of_quoted(std::string_view source) {
  const std::string_view word = source.substr(1, source.size() - 2);
  if (source.size() < 2 || source.front() != '\'' || source.back() != '\'') {
    return "a single quote is missing; write one on both sides, as in \"'self'\"";
  }
  if (word.starts_with("nonce-")) {
    return "a nonce that never changes protects nothing; write \"{csp.nonce}\"";
  }
  if (is_hash(word) || contains(Keywords, word)) return {};
  return in_quotes(word) + " is no keyword of CSP; write one such as \"'self'\"";
}

std::string fault_of_character(std::string_view source) {
  for (const char c : source) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == ' ' || c == '\t') return "two sources in one text; write them as items of a list";
    if (c == ';' || c == ',') return "; and , would begin another directive; write %3B and %2C";
    if (byte < 0x21 || byte > 0x7e)
      return "has a character that a source cannot have; write it percent-encoded";
  }
  return {};
}

}  // namespace

std::string fault_of_directive(std::string_view name) {
  if (contains(Known, name)) return {};
  const std::string guess = dashed(name);
  return '"' + std::string(name) + "\" is no directive of CSP; write " +
         (contains(Known, guess) ? guess : "one such as script-src");
}

std::string fault_of_source(std::string_view source) {
  if (source.empty()) return "is empty; write a source such as \"'self'\"";
  if (std::string fault = fault_of_character(source); !fault.empty()) return fault;
  if (source == NonceSource) return {};
  if (source.find_first_of("{}") != std::string_view::npos) {
    return "no such variable; the one that a policy knows is {csp.nonce}";
  }
  if (source.find('\'') != std::string_view::npos) return fault_of_quoted(source);
  if (source.starts_with("nonce-")) return "a fixed nonce protects nothing; write \"{csp.nonce}\"";
  if (contains(Keywords, source, NeverAHost) || is_hash(source)) {
    return std::string(source) + " without quotes is the name of a host; write " +
           in_quotes(source);
  }
  return {};
}

bool stand_alone(const Directives& directives) {
  return std::all_of(directives.begin(), directives.end(), [](const auto& directive) {
    const auto& sources = directive.second;
    return sources.size() < 2 || std::none_of(sources.begin(), sources.end(), [](const auto& one) {
             return one == "'none'" || one == LeftOut;
           });
  });
}

PolicyText::PolicyText(const Directives& written, Defaults defaults) {
  if (defaults == Defaults::Used) {
    for (const auto& [name, sources] : default_directives()) {
      const auto own = written.find(std::string(name));
      add(name, own == written.end() ? sources : own->second);
    }
  }
  for (const auto& [name, sources] : written) {
    const bool told = defaults == Defaults::Used &&
                      std::any_of(default_directives().begin(), default_directives().end(),
                                  [&](const auto& other) { return other.first == name; });
    if (!told) add(name, sources);
  }
}

void PolicyText::add(std::string_view name, const std::vector<std::string>& sources) {
  if (sources.size() == 1 && sources[0] == LeftOut) return;
  if (!empty()) pieces_.back() += ';';
  pieces_.back() += name;
  for (const std::string& source : sources) {
    pieces_.back() += ' ';
    if (source == NonceSource) {
      pieces_.back() += "'nonce-";
      pieces_.emplace_back("'");
    } else {
      pieces_.back() += source;
    }
  }
}

std::string_view PolicyText::write(std::string_view nonce) const {
  thread_local std::string text;
  text = pieces_[0];
  for (std::size_t i = 1; i < pieces_.size(); ++i) {
    text += nonce;
    text += pieces_[i];
  }
  return text;
}

}  // namespace portico::headers

// SPDX-License-Identifier: Apache-2.0
#include "services/metrics/exposition.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <system_error>

namespace portico::services {
namespace {

[[nodiscard]] std::string_view name_of(Exposition::Type type) {
  switch (type) {
    case Exposition::Type::Counter: return "counter";
    case Exposition::Type::Gauge: return "gauge";
    case Exposition::Type::Histogram: break;
  }
  return "histogram";
}

/// A help text has no quotes around it; there a quote is only a quote.
void append_escaped(std::string& out, std::string_view text, bool quoted) {
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\\' || (quoted && c == '"')) {
      out += '\\';
      out += c;
    } else {
      out += c;
    }
  }
}

template <class... Number>
void append_number(std::string& out, Number... number) {
  std::array<char, 32> digits;
  out.append(digits.data(), std::to_chars(digits.begin(), digits.end(), number...).ptr);
}

[[nodiscard]] std::string bound_text(std::span<const double> bounds, std::size_t step) {
  if (step == bounds.size()) return "+Inf";
  // Without an exponent where that has room.
  std::array<char, 32> digits;
  const auto fixed =
      std::to_chars(digits.begin(), digits.end(), bounds[step], std::chars_format::fixed);
  if (fixed.ec == std::errc()) return {digits.begin(), fixed.ptr};
  std::string text;
  append_number(text, bounds[step]);
  return text;
}

[[nodiscard]] std::span<const Label> span_of(Labels labels) {
  return {labels.begin(), labels.size()};
}

}  // namespace

bool Exposition::family(std::string_view name, Type type, std::string_view help) {
  if (!names_.emplace(name).second) return false;
  name_ = name;
  out_.append("# HELP ").append(name).append(" ");
  append_escaped(out_, help, false);
  out_.append("\n# TYPE ").append(name).append(" ").append(name_of(type)).append("\n");
  return true;
}

void Exposition::begin(std::string_view suffix, LabelSpan labels, std::string_view bound) {
  out_.append(name_).append(suffix);
  char before = '{';
  const auto add = [&](std::string_view name, std::string_view value) {
    out_ += before;
    before = ',';
    out_.append(name).append("=\"");
    append_escaped(out_, value, true);
    out_ += '"';
  };
  for (const Label& label : labels) add(label.name, label.value);
  if (!bound.empty()) add("le", bound);
  if (before == ',') out_ += '}';
  out_ += ' ';
}

void Exposition::end(std::uint64_t value) {
  append_number(out_, value);
  out_ += '\n';
}

void Exposition::end(double value) {
  if (std::isfinite(value)) {
    append_number(out_, value);
  } else {
    out_ += std::isnan(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
  }
  out_ += '\n';
}

void Exposition::sample_of(LabelSpan labels, std::uint64_t value) {
  begin({}, labels);
  end(value);
}

void Exposition::sample_of(LabelSpan labels, double value) {
  begin({}, labels);
  end(value);
}

void Exposition::sample_of(LabelSpan labels, std::span<const double> bounds,
                           std::span<const std::uint64_t> counts, double sum) {
  std::uint64_t count = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    count += counts[i];
    begin("_bucket", labels, bound_text(bounds, i));
    end(count);
  }
  begin("_sum", labels);
  end(sum);
  begin("_count", labels);
  end(count);
}

void Exposition::sample(Labels labels, std::uint64_t value) { sample_of(span_of(labels), value); }

void Exposition::sample(Labels labels, double value) { sample_of(span_of(labels), value); }

void Exposition::sample(Labels labels, const DurationHistogram::Sums& sums) {
  std::array<double, DurationHistogram::Bounds.size()> bounds{};
  std::ranges::transform(DurationHistogram::Bounds, bounds.begin(),
                         [](auto bound) { return std::chrono::duration<double>(bound).count(); });
  sample_of(span_of(labels), bounds, sums.counts, static_cast<double>(sums.nanoseconds) / 1e9);
}

}  // namespace portico::services

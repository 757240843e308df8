// SPDX-License-Identifier: Apache-2.0
#include "template/variables.h"

#include "template/activation.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

namespace portico::notify {
namespace {

using templates::Activation;
using templates::Node;

/// Partials that have the same ones in them many times over are not all walked through.
constexpr std::size_t MostSteps = 200'000;

/// Each function that gives a bool gives false where it kept a fault.
class Walker {
 public:
  explicit Walker(const Partials& partials) noexcept : partials_(partials) {}

  std::variant<std::vector<Variable>, RenderFault> walk(const Template& source) {
    const Activation whole{.used = source};
    if (!run(whole, 0, static_cast<std::uint32_t>(source.nodes().size())))
      return *std::move(fault_);
    std::vector<Variable> variables;
    variables.reserve(found_.size());
    for (const auto& [name, required] : found_) {
      variables.push_back({std::string(name.first), std::string(name.second), required});
    }
    return variables;
  }

 private:
  bool run(const Activation& where, std::uint32_t begin, std::uint32_t end) {
    for (std::uint32_t at = begin; at < end; at = where.node(at).end) {
      if (!node(where, at)) return false;
    }
    return true;
  }

  bool node(const Activation& where, std::uint32_t at) {
    if (!step(where, at, 1)) return false;
    switch (where.node(at).kind) {
      case Node::Kind::Literal: return true;
      case Node::Kind::Variable: add(where.text(at), sections_ == 0); return true;
      case Node::Kind::Section:
      case Node::Kind::Inverted: return section(where, at);
      case Node::Kind::Partial: return include(where, at, std::nullopt);
      case Node::Kind::Layout: return include(where, at, at);
      case Node::Kind::Block: {
        const templates::Body body = templates::body_of(where, at);
        return run(body.where, body.begin, body.end);
      }
    }
    return true;
  }

  bool section(const Activation& where, std::uint32_t at) {
    const std::string_view name = where.text(at);
    add(name, false);
    const bool enters = where.node(at).kind == Node::Kind::Section && name != ".";
    const std::string_view outer = std::exchange(section_, enters ? name : section_);
    ++sections_;
    const bool good = run(where, at + 1, where.node(at).end);
    --sections_;
    section_ = outer;
    return good;
  }

  bool include(const Activation& where, std::uint32_t at, std::optional<std::uint32_t> layout) {
    auto found = templates::included(where, at, partials_, depth_);
    if (auto* const fault = std::get_if<RenderFault>(&found)) {
      fault_ = std::move(*fault);
      return false;
    }
    const Template& used = *std::get<const Template*>(found);
    // A layout was searched for the blocks that are replaced.
    if (layout && !step(where, at, used.nodes().size())) return false;
    const Activation inner{.used = used, .key = where.text(at), .by = &where, .layout = layout};
    ++depth_;
    const bool good = run(inner, 0, static_cast<std::uint32_t>(used.nodes().size()));
    --depth_;
    return good;
  }

  bool step(const Activation& where, std::uint32_t at, std::size_t count) {
    steps_ += count;
    if (steps_ <= MostSteps) return true;
    fault_ = templates::fault_at(where, at, RenderFault::Kind::TooMuchWork,
                                 "This template has too many parts: take some partials out.");
    return false;
  }

  void add(std::string_view name, bool required) {
    // {{#link}}{{link}}{{/link}} is one variable.
    if (name == "." || name == section_) return;
    bool& known = found_[{name, section_}];
    known = known || required;
  }

  const Partials& partials_;
  // Views into templates, which outlive the walk.
  std::map<std::pair<std::string_view, std::string_view>, bool> found_;
  std::string_view section_;
  std::size_t sections_ = 0;
  std::size_t depth_ = 0;
  std::size_t steps_ = 0;
  std::optional<RenderFault> fault_;
};

}  // namespace

std::variant<std::vector<Variable>, RenderFault> variables_of(const Template& source,
                                                              const Partials& partials) {
  return Walker(partials).walk(source);
}

}  // namespace portico::notify

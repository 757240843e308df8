// SPDX-License-Identifier: Apache-2.0
#include "template/render.h"

#include "template/activation.h"
#include "template/scopes.h"
#include "template/written.h"

#include <cstdint>
#include <optional>
#include <utility>

namespace portico::notify {
namespace {

using templates::Activation;
using templates::Node;
using Kind = RenderFault::Kind;

/// Nodes visited and values looked at: loops in loops that print nothing end too.
constexpr std::size_t MostSteps = 1'000'000;
/// Of a text, whose characters may all be dropped.
constexpr std::size_t BytesInStep = 16;

/// Each function that gives a bool gives false where it kept a fault.
class Renderer {
 public:
  Renderer(const Value& data, const Partials& partials, Escape escape)
      : scopes_(data),
        partials_(partials),
        most_(escape == Escape::Line ? MostLineBytes : MostRenderedBytes) {}

  std::variant<std::string, RenderFault> render(const Template& source) {
    const Activation whole{.used = source};
    if (!run(whole, 0, static_cast<std::uint32_t>(source.nodes().size())))
      return *std::move(fault_);
    return std::move(output_);
  }

 private:
  bool run(const Activation& where, std::uint32_t begin, std::uint32_t end) {
    for (std::uint32_t at = begin; at < end; at = where.node(at).end) {
      if (!step(where, at, 1) || !node(where, at)) return false;
    }
    return true;
  }

  bool node(const Activation& where, std::uint32_t at) {
    switch (where.node(at).kind) {
      case Node::Kind::Literal: return put(where, at, where.text(at));
      case Node::Kind::Variable: return variable(where, at);
      case Node::Kind::Section: return section(where, at);
      case Node::Kind::Inverted: return inverted(where, at);
      case Node::Kind::Partial: return include(where, at, std::nullopt);
      case Node::Kind::Layout: return include(where, at, at);
      case Node::Kind::Block: {
        const templates::Body body = templates::body_of(where, at);
        return run(body.where, body.begin, body.end);
      }
    }
    return true;
  }

  bool variable(const Activation& where, std::uint32_t at) {
    const Value* const value = scopes_.find(where.text(at));
    const std::string name(where.text(at));
    if (value == nullptr || value->is_nothing()) {
      return refuse(where, at, Kind::MissingVariable,
                    "There is no \"" + name + "\" in the data: add it, or write {{#" + name +
                        "}}...{{/" + name + "}} around what needs it.");
    }
    if (!value->is_plain()) {
      return refuse(where, at, Kind::NoPlainValue,
                    "\"" + name + "\" is a list or a map, which is not printed: write {{#" + name +
                        "}}...{{/" + name + "}} around what is to be.");
    }
    const std::string printed = value->printed();
    return step(where, at, scopes_.size() + printed.size() / BytesInStep) &&
           put(where, at, templates::written(printed, where.node(at).place));
  }

  bool section(const Activation& where, std::uint32_t at) {
    if (!step(where, at, scopes_.size())) return false;
    const Value* const value = scopes_.find(where.text(at));
    if (value == nullptr || !value->holds()) return true;
    const Value::List* const list = value->list();
    if (list == nullptr) return within(where, at, *value);
    for (const Value& element : *list) {
      if (!step(where, at, 1) || !within(where, at, element)) return false;
    }
    return true;
  }

  bool within(const Activation& where, std::uint32_t at, const Value& value) {
    scopes_.enter(value);
    const bool good = run(where, at + 1, where.node(at).end);
    scopes_.leave();
    return good;
  }

  bool inverted(const Activation& where, std::uint32_t at) {
    if (!step(where, at, scopes_.size())) return false;
    const Value* const value = scopes_.find(where.text(at));
    if (value != nullptr && value->holds()) return true;
    return run(where, at + 1, where.node(at).end);
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

  bool put(const Activation& where, std::uint32_t at, std::string_view text) {
    if (text.size() > most_ - output_.size()) {
      return refuse(where, at, Kind::TooLong,
                    "What this template makes is longer than " + std::to_string(most_) +
                        " bytes; give it less.");
    }
    output_ += text;
    return true;
  }

  bool step(const Activation& where, std::uint32_t at, std::size_t count) {
    steps_ += count;
    if (steps_ <= MostSteps) return true;
    return refuse(where, at, Kind::TooMuchWork,
                  "This template takes too much work: take out sections within sections.");
  }

  bool refuse(const Activation& where, std::uint32_t at, Kind kind, std::string sentence) {
    fault_ = templates::fault_at(where, at, kind, std::move(sentence));
    return false;
  }

  templates::Scopes scopes_;
  const Partials& partials_;
  const std::size_t most_;
  std::size_t depth_ = 0;
  std::size_t steps_ = 0;
  std::string output_;
  std::optional<RenderFault> fault_;
};

}  // namespace

std::variant<std::string, RenderFault> render(const Template& source, const Value& data,
                                              const Partials& partials) {
  return Renderer(data, partials, source.escape()).render(source);
}

}  // namespace portico::notify

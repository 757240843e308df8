// SPDX-License-Identifier: Apache-2.0
// Builds a tree from the parser's events, and refuses what yaml_reader.h says. Children are piled
// up until their list or map ends, then copied into the arena in one piece.
#pragma once

#include "base/arena.h"
#include "config/node.h"
#include "config/problems.h"
#include "config/yaml_fault.h"
#include "config/yaml_stream.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <yaml-cpp/emitterstyle.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

namespace portico::config {

/// Thrown out of the parser.
struct TooManyNodes {};
struct SecondDocument {};
struct UnclosedQuote {};

class YamlBuilder final : public YAML::EventHandler {
 public:
  YamlBuilder(std::string_view text, std::uint32_t file, base::Arena& arena, Problems& problems,
              YamlStream& stream);

  [[nodiscard]] Node root() const noexcept { return pile_.empty() ? Node() : pile_.front(); }
  /// Of the last event.
  [[nodiscard]] Mark last_mark() const noexcept { return last_; }
  [[nodiscard]] std::optional<OpenBracket> open_bracket() const;
  /// Where, behind the last event, a quote begins that nothing closes.
  [[nodiscard]] std::optional<Mark> unclosed_quote() const;
  /// Of the value that is being read.
  [[nodiscard]] std::string path() const;
  [[nodiscard]] Mark mark_of(const YAML::Mark& mark) const noexcept;

  void OnDocumentStart(const YAML::Mark& mark) override;
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override;
  void OnSequenceEnd() override;
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override;
  void OnMapEnd() override;

 private:
  struct Level {
    Node::Kind kind;
    bool in_brackets;
    Mark mark;
    std::size_t first;  ///< Of its children in the pile; of a map keys and values alternate.
  };

  Mark begin_value(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor);
  void push(const Node& node);
  void open(Node::Kind kind, Mark mark, YAML::EmitterStyle::value style);
  [[nodiscard]] bool expects_key() const noexcept;
  [[nodiscard]] bool at_missing_colon(Mark mark) const noexcept;
  void check_key(const Node& key);
  void check_closed(std::size_t position, Mark mark) const;
  [[nodiscard]] static std::size_t drop_bad_entries(Node::Entry* entries, std::size_t count);
  void drop_duplicates(std::span<Node::Entry> entries);
  void drop_duplicate(Node& key, const Node& first);

  std::string_view text_;
  std::uint32_t file_;
  base::Arena& arena_;
  Problems& problems_;
  YamlStream& stream_;
  std::vector<Level> levels_;
  std::vector<Node> pile_;
  std::vector<Node*> order_;  // Kept between maps: the keys of the present one.
  std::size_t nodes_ = 0;
  std::size_t documents_ = 0;
  Mark last_;
  std::size_t last_position_ = 0;
};

}  // namespace portico::config

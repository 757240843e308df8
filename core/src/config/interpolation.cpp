// SPDX-License-Identifier: Apache-2.0
#include "config/interpolation.h"

#include "base/text.h"
#include "config/bounded_file.h"

#include <algorithm>
#include <string>
#include <vector>

namespace portico::config {

namespace {

constexpr std::string_view Opening = "${";
constexpr std::string_view Literal = "$${";
constexpr std::string_view FilePrefix = "file:";

bool is_name(std::string_view name) noexcept {
  return !name.empty() && !base::is_digit(name[0]) && std::ranges::all_of(name, [](char c) {
    return base::is_letter(c) || base::is_digit(c) || c == '_';
  });
}

/// A fault of one `${...}`, thrown to leave its text; caught in this file.
struct Fault {
  std::string what;
  std::string remedy;
};

}  // namespace

class Interpolation {
 public:
  Interpolation(const Environment& environment, base::Arena& arena, Problems& problems,
                std::string_view root)
      : environment_(environment), arena_(arena), problems_(problems), root_(root) {}

  void visit(Node& node) {
    if (node.is_scalar()) {
      if (node.text().find(Opening) != std::string_view::npos) fill(node);
    } else if (node.is_list()) {
      auto* items =
          const_cast<Node*>(node.items().data());  // Made in our arena, as objects that change.
      for (std::size_t at = 0; at < node.items().size(); ++at) {
        way_.push_back({{}, at});
        visit(items[at]);
        way_.pop_back();
      }
    } else {
      auto* entries = const_cast<Node::Entry*>(node.entries().data());
      for (std::size_t at = 0; at < node.entries().size(); ++at) {
        way_.push_back({entries[at].key.text(), Step::Key});
        visit(entries[at].value);
        way_.pop_back();
      }
    }
  }

 private:
  struct Step {
    static constexpr std::size_t Key = static_cast<std::size_t>(-1);
    std::string_view key;
    std::size_t index;
  };

  void fill(Node& node) {
    source_ = Node::Source::Written;
    std::string text;
    try {
      text = filled(node.text());
      spent_ += text.size();
      if (spent_ > InterpolationLimits::TotalBytes) {
        throw Fault{"what `${...}` fills in is larger than 16 MiB in all", {}};
      }
    } catch (const Fault& fault) {
      problems_.error(node.mark(), path(), fault.what, fault.remedy);
      problems_.silence(node.mark());
      return;
    }
    if (source_ == Node::Source::Written) {  // Only `$${`.
      const Quoting quoting = node.quoted() ? Quoting::Quoted : Quoting::Plain;
      node = Node::scalar(node.mark(), arena_.copy(text), quoting);
      return;
    }
    const auto* both = arena_.make<Node::Filled>(Node::Filled{node.text(), arena_.copy(text)});
    node = Node::filled(node.mark(), *both, source_);
  }

  std::string filled(std::string_view text) {
    std::string out;
    while (!text.empty()) {
      if (text.starts_with(Literal)) {
        out += Opening;
        text.remove_prefix(Literal.size());
      } else if (text.starts_with(Opening)) {
        const std::size_t end = text.find('}');
        if (end == std::string_view::npos) {
          throw Fault{"`${` without `}`", "close it, or write `$${` for the characters themselves"};
        }
        out += value_of(text.substr(Opening.size(), end - Opening.size()));
        text.remove_prefix(end + 1);
      } else {
        const std::size_t end = std::min(text.find('$', 1), text.size());
        out += text.substr(0, end);
        text.remove_prefix(end);
      }
    }
    return out;
  }

  /// Of what stands between the braces.
  std::string value_of(std::string_view inside) {
    if (inside.starts_with(FilePrefix)) return content_of(inside.substr(FilePrefix.size()));
    const std::size_t colon = std::min(inside.find(':'), inside.size());
    const std::string_view name = inside.substr(0, colon);
    const std::string_view rest = inside.substr(colon);
    check_name(name, rest);
    if (source_ == Node::Source::Written) source_ = Node::Source::Environment;
    const auto value = environment_.get(name);
    if (rest.empty()) {
      if (!value) refuse_unset(name);
      return std::string(*value);
    }
    if (value && !value->empty()) return std::string(*value);
    if (rest.starts_with(":-")) return std::string(rest.substr(2));
    const std::string_view message = rest.substr(2);
    const std::string state = value ? " is empty" : " is not set";
    throw Fault{message.empty() ? "the environment variable " + std::string(name) + state
                                : std::string(name) + ": " + std::string(message),
                "set it"};
  }

  static void check_name(std::string_view name, std::string_view rest) {
    if (name.empty()) throw Fault{"`${}` names nothing", "write `${NAME}` or `${file:/path}`"};
    if (!is_name(name)) {
      throw Fault{"`" + base::shorten(name, 80) + "` is not the name of an environment variable",
                  "a name has letters, digits and _; write `$${` for the characters themselves"};
    }
    if (!rest.empty() && !rest.starts_with(":-") && !rest.starts_with(":?")) {
      throw Fault{"after the name in `${" + std::string(name) + "...}` comes `:-` or `:?`",
                  "write `${NAME:-default}` or `${NAME:?message}`"};
    }
  }

  [[noreturn]] void refuse_unset(std::string_view name) const {
    const std::string_view guess = environment_.closest_to(name);
    std::string remedy = "set it, or give a default: `${" + std::string(name) + ":-...}`";
    if (!guess.empty()) remedy = "did you mean " + std::string(guess) + "? Else " + remedy;
    throw Fault{"the environment variable " + std::string(name) + " is not set", remedy};
  }

  std::string content_of(std::string_view path) {
    source_ = Node::Source::File;
    if (!path.starts_with('/')) {
      throw Fault{"the path in `${file:...}` must begin with `/`", "write the whole path"};
    }
    const std::string name(path);
    BoundedFile file = read_bounded(name, InterpolationLimits::FileBytes);
    if (file.outcome == BoundedFile::Outcome::Absent && at_secret()) return {};
    if (file.outcome != BoundedFile::Outcome::Read) {
      throw Fault{"cannot fill in `${file:" + name + "}`: " + file.reason("64 KiB"), {}};
    }
    if (file.text.find('\0') != std::string::npos) {
      throw Fault{"cannot fill in `${file:" + name + "}`: it holds a NUL byte", {}};
    }
    if (file.text.ends_with('\n')) file.text.pop_back();
    if (file.text.ends_with('\r')) file.text.pop_back();
    return std::move(file.text);
  }

  [[nodiscard]] bool at_secret() const noexcept {
    return root_.empty() && way_.size() == 1 && way_[0].key == "secret";
  }

  [[nodiscard]] std::string path() const {
    std::string path(root_);
    for (const Step& step : way_) {
      path = step.index == Step::Key ? child_path(path, step.key) : item_path(path, step.index);
    }
    return path;
  }

  const Environment& environment_;
  base::Arena& arena_;
  Problems& problems_;
  std::string_view root_;
  std::vector<Step> way_;  // From the root to the node that is visited.
  Node::Source source_ = Node::Source::Written;
  std::size_t spent_ = 0;
};

void interpolate(Node& root, const Environment& environment, base::Arena& arena, Problems& problems,
                 std::string_view path) {
  Interpolation(environment, arena, problems, path).visit(root);
}

std::string_view file_reference(std::string_view written) noexcept {
  if (!written.starts_with("${file:") || written.find('}') != written.size() - 1) return {};
  return written.substr(7, written.size() - 8);
}

}  // namespace portico::config

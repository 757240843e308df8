// SPDX-License-Identifier: Apache-2.0
#include "config/yaml_reader.h"

#include "config/yaml_builder.h"
#include "config/yaml_text.h"

#include <istream>
#include <string>

// parser.h declares a Node of its own; with its definition no reader takes it for ours.
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/node/node.h>
#include <yaml-cpp/parser.h>

namespace portico::config {

namespace {

std::string_view trimmed_line(std::string_view text, std::uint32_t line) noexcept {
  std::string_view found = line_at(text, line);
  while (found.ends_with(' ')) found.remove_suffix(1);
  return found;
}

/// Without a separator, the parser has taken what does not fit for the next document.
void refuse_second_document(std::string_view text, Mark mark, Problems& problems) {
  const std::string_view line = trimmed_line(text, mark.line);
  if (line.starts_with("---") || line.starts_with("...")) {
    problems.error(mark, {}, "a second document begins here",
                   "write one document in a file, and use include for more files");
  } else {
    problems.error(mark, {}, "this does not belong to what stands above it",
                   "check the indentation");
  }
}

void refuse_depth(const YamlBuilder& builder, Problems& problems) {
  problems.error(builder.last_mark(), {},
                 "deeper than " + std::to_string(YamlLimits::MostDepth) + " levels",
                 "no setting needs that; is a bracket not closed?");
}

/// The root, when the text could be read to its end.
std::optional<Node> parse(std::string_view text, YamlBuilder& builder, std::istream& in,
                          Problems& problems) {
  try {
    YAML::Parser parser(in);
    while (parser.HandleNextDocument(builder)) {
    }
    return builder.root();
  } catch (const SecondDocument&) {
    refuse_second_document(text, builder.last_mark(), problems);
  } catch (const UnclosedQuote&) {
    // Told where it was seen. What follows the quote has become text, and says nothing more.
  } catch (const TooDeep&) {
    refuse_depth(builder, problems);
  } catch (const TooManyNodes&) {
    problems.error(builder.last_mark(), {},
                   "more than " + std::to_string(YamlLimits::MostNodes) + " values",
                   "that is more than one gateway's settings");
  } catch (const TooFarAhead&) {
    problems.error(builder.last_mark(), {},
                   "a text, a comment, or a list or map in brackets that begins here is too long",
                   "write lists and maps without brackets, one item a line");
  } catch (const YAML::Exception& failure) {
    Mark mark = failure.mark.is_null() ? builder.last_mark() : builder.mark_of(failure.mark);
    if (failure.msg == YAML::ErrorMsg::EOF_IN_SCALAR) {
      mark = builder.unclosed_quote().value_or(mark);
    }
    const YamlFault fault = explain_yaml(text, mark, failure.msg, builder.open_bracket());
    problems.error(fault.mark, {}, fault.what, fault.remedy);
  }
  return std::nullopt;
}

}  // namespace

std::optional<Node> read_yaml(std::string_view text, std::uint32_t file, base::Arena& arena,
                              Problems& problems) {
  if (text.size() > YamlLimits::MostBytes) {
    problems.error({file, 0, 0}, {}, "larger than 8 MiB", "divide it, and use include");
    return std::nullopt;
  }
  text = without_bom(text);
  if (!check_text(text, file, problems)) return std::nullopt;
  YamlStream stream(text);
  std::istream in(&stream);
  YamlBuilder builder(text, file, arena, problems, stream);
  return parse(text, builder, in, problems);
}

}  // namespace portico::config

// SPDX-License-Identifier: Apache-2.0
// What is wrong with a template, or with what it was given, and where. Values, any thread.
#pragma once

#include "template/escape.h"

#include <cstddef>
#include <cstdint>
#include <string>

namespace portico::notify {

/// Of a source that cannot be read.
struct TemplateFault {
  std::size_t line = 1;
  std::size_t column = 1;  ///< In code points.
  std::string sentence;    ///< Says what to write.
};

/// Of a template that cannot be rendered, with that data or at all.
struct RenderFault {
  enum class Kind : std::uint8_t {
    MissingVariable,
    NoPlainValue,  ///< A list or a map where a text is printed.
    UnknownPartial,
    UnknownBlock,
    Recursion,
    TooDeep,
    TooLong,
    TooMuchWork,
    UnknownTemplate,  ///< A catalog has none of that key.
    NoMail,           ///< A part that a mail cannot be without.
  };

  Kind kind = Kind::MissingVariable;
  std::string name{};          ///< The variable, partial or block.
  Escape part = Escape::Text;  ///< Of the template.
  std::string within{};        ///< The partial where it stands; empty: the template itself.
  std::size_t line = 0;        ///< 0: at no place of a source.
  std::size_t column = 0;
  std::string sentence{};
};

}  // namespace portico::notify

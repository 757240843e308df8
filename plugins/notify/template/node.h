// SPDX-License-Identifier: Apache-2.0
// What a template is made of, once it is read: nodes in one flat row, each before those within it.
// Values, any thread.
#pragma once

#include "template/place.h"

#include <cstdint>
#include <vector>

namespace portico::notify::templates {

struct Node {
  enum class Kind : std::uint8_t {
    Literal,
    Variable,
    Section,
    Inverted,
    Partial,
    Layout,  ///< Within it are blocks alone.
    Block,   ///< Within a layout: in place of the layout's own one of that name.
  };

  Kind kind = Kind::Literal;
  Place place = Place::Text;  ///< Of a variable.
  std::uint32_t begin = 0;    ///< Of the literal or the name, in the source.
  std::uint32_t size = 0;
  std::uint32_t end = 0;  ///< Behind the last node within it.
};

using Nodes = std::vector<Node>;

}  // namespace portico::notify::templates

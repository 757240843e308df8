// SPDX-License-Identifier: Apache-2.0
// Thrown where a connection is of no more use: it was lost, nothing came in time, or what came was
// no SMTP. Its text is a sentence for an operator.
#pragma once

#include <stdexcept>

namespace portico::notify::smtp {

class ConnectionFault : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace portico::notify::smtp

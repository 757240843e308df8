// SPDX-License-Identifier: Apache-2.0
// The fields of a request that was refused before it was one, for the early functions of plugins.
#pragma once

#include "http/header_list.h"

#include <string_view>

namespace portico::http {

/// Adds to `fields` what can be read of `head`: all that came of a head, which may end anywhere and
/// be broken anywhere. Only whole lines behind the first count, each a name that is a token, a
/// colon and a sound value; everything else is passed over, so the result is for answers to a
/// stranger and must not decide how a request is read. Views into `head`.
void read_received_fields(std::string_view head, detail::HeaderList& fields);

}  // namespace portico::http

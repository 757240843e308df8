// SPDX-License-Identifier: Apache-2.0
// The option table of the docs, made from describe(): | Key | Type | Default | Meaning |. Structs
// within structs are dotted keys, elements of lists `key[].x`, values of maps `key.NAME.x`.
#pragma once

#include "config/schema_model.h"

#include <string>
#include <string_view>

namespace portico::config {

/// A whole table; a sentence instead where there are no fields. Ends with a line end. `prefix` is
/// put before every key ("plugins.cors.").
[[nodiscard]] std::string schema_markdown(const detail::ObjectSchema& schema,
                                          std::string_view prefix = {});

}  // namespace portico::config

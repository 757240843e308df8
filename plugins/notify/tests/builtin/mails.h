// SPDX-License-Identifier: Apache-2.0
// The built-in templates in the hands of a test.
#pragma once

#include "builtin/built_in.h"
#include "template/rendered_mail.h"

#include <string>
#include <string_view>

namespace portico::notify::test {

/// What its documentation says that a template takes; with `Optional`, what it may take too.
enum class Given { Required, Optional };
[[nodiscard]] Value::Map given_to(const BuiltInVariables& documented, Given given);

/// Of all that are built in, so that none is missed.
[[nodiscard]] const Catalog& catalog();

/// Fails the test where there is a fault.
[[nodiscard]] RenderedMail mail(std::string_view key, std::string_view locale,
                                const Value::Map& data);

}  // namespace portico::notify::test

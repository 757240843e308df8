// SPDX-License-Identifier: Apache-2.0
// The files of a new plugin, one in each file beside this one. @name@ stands for the plugin's name,
// @Name@ for the same as the beginning of a C++ type ("rate_card", "RateCard").
#pragma once

#include <string_view>

namespace portico::plugin::scaffolding {

extern const std::string_view BuildFile;
extern const std::string_view Header;
extern const std::string_view Source;
extern const std::string_view Test;
extern const std::string_view Settings;
extern const std::string_view Readme;
extern const std::string_view Ignored;

}  // namespace portico::plugin::scaffolding

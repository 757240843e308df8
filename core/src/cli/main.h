// SPDX-License-Identifier: Apache-2.0
// The one function of the library that the program calls.
#pragma once

#include <portico/api.h>

namespace portico::cli {

PORTICO_API int main(int argc, char** argv);

}  // namespace portico::cli

// SPDX-License-Identifier: Apache-2.0
// What a process hands to the one that takes over from it: descriptors with names, as
// $LISTEN_FDNAMES has them.
#pragma once

#include <string_view>

namespace portico::server {

struct Belonging {
  int descriptor = -1;
  std::string_view name;  ///< One of those below.
};

/// A listening socket. Whose file, if it has one, is removed by who served it last.
inline constexpr std::string_view SocketName = "portico-socket";
/// One whose file belongs to whoever handed it over in the first place.
inline constexpr std::string_view LentSocketName = "portico-lent";
/// An AddressLock.
inline constexpr std::string_view LockName = "portico-lock";
/// Where the new process says that it serves, or why it does not.
inline constexpr std::string_view ReportName = "portico-report";

}  // namespace portico::server

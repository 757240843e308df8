// SPDX-License-Identifier: Apache-2.0
// What the audit log tells of, by the names that it is searched by.
#pragma once

#include <string_view>

namespace portico::auth::audit::action {

inline constexpr std::string_view SignUp = "signup";
inline constexpr std::string_view SignUpRepeated = "signup_repeated";
inline constexpr std::string_view EmailVerified = "email_verified";
inline constexpr std::string_view Login = "login";
inline constexpr std::string_view LoginFailed = "login_failed";
inline constexpr std::string_view LoginThrottled = "login_throttled";
inline constexpr std::string_view Reauthenticated = "reauthenticated";
inline constexpr std::string_view Refresh = "refresh";
inline constexpr std::string_view RefreshReused = "refresh_reused";
inline constexpr std::string_view Logout = "logout";
inline constexpr std::string_view SessionRevoked = "session_revoked";
inline constexpr std::string_view PasswordChanged = "password_changed";
inline constexpr std::string_view PasswordResetRequested = "password_reset_requested";
inline constexpr std::string_view PasswordReset = "password_reset";
inline constexpr std::string_view EmailChangeRequested = "email_change_requested";
inline constexpr std::string_view EmailChanged = "email_changed";
inline constexpr std::string_view UserCreated = "user_created";
inline constexpr std::string_view UserUpdated = "user_updated";
inline constexpr std::string_view UserDisabled = "user_disabled";
inline constexpr std::string_view UserEnabled = "user_enabled";
inline constexpr std::string_view ApiKeyCreated = "api_key_created";
inline constexpr std::string_view ApiKeyRenamed = "api_key_renamed";
inline constexpr std::string_view ApiKeyRevoked = "api_key_revoked";
inline constexpr std::string_view ApiKeyRotated = "api_key_rotated";
inline constexpr std::string_view KeyRotated = "key_rotated";

}  // namespace portico::auth::audit::action

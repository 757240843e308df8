// SPDX-License-Identifier: Apache-2.0
// Somebody must be left who can put things right: who has the role `admin` (administrators.h), and
// from whom no deny, of whatever role they have besides, takes a right to manage roles.
#pragma once

#include "api/parts.h"
#include "model/book.h"
#include "store/administrators.h"

#include <memory>

namespace portico::rbac {

/// Whether a user, whom `administrators` ask about, can log in and is denied no such right.
[[nodiscard]] administrators::CanAct who_can_administer(const Parts& parts,
                                                        std::shared_ptr<const Book> book);

[[noreturn]] void refuse_last_administrator();

/// Throws Refusal, 409, where somebody is left by the one book and nobody by the other.
void keep_an_administrator(Reader& db, const Parts& parts, std::shared_ptr<const Book> before,
                           std::shared_ptr<const Book> after);

}  // namespace portico::rbac

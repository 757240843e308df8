// SPDX-License-Identifier: Apache-2.0
#include "base/arena.h"
#include "config/binder.h"
#include "config/json_text.h"
#include "config/problems.h"
#include <portico/jobs.h>

#include <stdexcept>

namespace portico::detail {

void bind_text(std::string_view json, const ObjectSchema& schema, void* object) {
  base::Arena arena;
  const config::JsonText read = config::read_json(json, arena);
  if (!read.valid()) throw std::invalid_argument("not JSON: " + read.fault->sentence);
  config::Problems problems;
  config::BindContext context{.problems = problems, .notation = config::Notation::Json};
  if (config::bind_object(read.root, schema, object, "", context)) return;
  const auto all = problems.sorted();
  throw std::invalid_argument(all.front().path + ": " + all.front().what);
}

}  // namespace portico::detail

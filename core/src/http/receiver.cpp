// SPDX-License-Identifier: Apache-2.0
#include "http/receiver.h"

namespace portico::http {

Receiver::~Receiver() = default;

}  // namespace portico::http

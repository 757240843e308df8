// SPDX-License-Identifier: Apache-2.0
// The whole SDK for a plugin's source file.
#pragma once

#include <portico/api.h>
#include <portico/callable.h>
#include <portico/cookie.h>
#include <portico/fetch.h>
#include <portico/flow.h>
#include <portico/host.h>
#include <portico/http.h>
#include <portico/identity.h>
#include <portico/jobs.h>
#include <portico/notify.h>
#include <portico/plugin.h>
#include <portico/redis.h>
#include <portico/schema.h>
#include <portico/sql.h>
#include <portico/stamp.h>
#include <portico/status.h>
#include <portico/stream.h>
#include <portico/units.h>
#include <portico/upstream.h>
#include <portico/websocket.h>

// SPDX-License-Identifier: Apache-2.0
#include "store/scripts.h"

namespace portico::ratelimit {

// What is kept expires a second after it says nothing any more; a minute, where the time was given
// and need not be that of Redis. Times of gcra are a pair: microseconds, and parts of one, of which
// a limit has up to 256. A node that has not said for 30 s that it lives holds no slots of
// `concurrency` any more.
std::string_view take_script() noexcept {
  return R"lua(
if redis.replicate_commands then redis.replicate_commands() end
local now, margin = tonumber(ARGV[1]), 61001
if now == 0 then
  margin = 1001
  local time = redis.call('TIME')
  now = time[1] * 1000000 + time[2]
end
local cost, node, signs = tonumber(ARGV[2]), ARGV[3], ARGV[4]
local Day, Second = 86400000000, 1000000

local function div(a, b) return (a - a % b) / b end
local function above(us, part, other, its_part)
  return us > other or (us == other and part > its_part)
end
local function number(value) return string.format('%.0f', value) end
local function keep(key, text, us)
  redis.call('SET', key, text, 'PX', number(div(us, 1000) + margin))
end

local function gcra(key, parts, q, s, most, most_part)
  local us, part = 0, 0
  local state = redis.call('GET', key)
  if state then
    local a, b = string.match(state, '^(%d+):(%d+)$')
    us, part = tonumber(a) - now, tonumber(b)
    if us < 0 then us, part = 0, 0 end
  end
  local stepped = above(us, part, most + Second, most_part)
  if stepped then us, part = most, most_part end
  local next_us, next_part = us + cost * q, part + cost * s
  next_us, next_part = next_us + div(next_part, parts), next_part % parts
  local allowed = not above(next_us, next_part, most, most_part)
  local function write() keep(key, number(now + next_us) .. ':' .. number(next_part), next_us) end
  if not allowed and stepped then
    keep(key, number(now + us) .. ':' .. number(part), us)
  end
  local level_us, level_part = us, part
  if allowed then level_us, level_part = next_us, next_part end
  local room = (most - level_us) * parts + most_part - level_part
  local left = room > 0 and div(room, q * parts + s) or 0
  local retry = 0
  if not allowed then
    retry = next_us - most
    if next_part > most_part then retry = retry + 1 end
  end
  return {allowed, left, level_us + (level_part > 0 and 1 or 0), retry, 0, write}
end

local function month_of(time)
  local z = div(time, Day) + 719468
  local era = div(z, 146097)
  local doe = z - era * 146097
  local yoe = div(doe - div(doe, 1460) + div(doe, 36524) - div(doe, 146096), 365)
  local doy = doe - (365 * yoe + div(yoe, 4) - div(yoe, 100))
  local mp = div(5 * doy + 2, 153)
  local month = mp < 10 and mp + 3 or mp - 9
  return (yoe + era * 400 + (month <= 2 and 1 or 0) - 1970) * 12 + month - 1
end
local function begin_of(month)
  local y, m = 1970 + div(month, 12), month % 12 + 1
  if m <= 2 then y = y - 1 end
  local era = div(y, 400)
  local yoe = y - era * 400
  local doy = div(153 * (m > 2 and m - 3 or m + 9) + 2, 5)
  return (era * 146097 + yoe * 365 + div(yoe, 4) - div(yoe, 100) + doy - 719468) * Day
end

local function fixed(key, limit, length)
  local window = length > 0 and div(now, length) or month_of(now)
  local count = 0
  local state = redis.call('GET', key)
  if state then
    local a, b = string.match(state, '^(%d+):(%d+)$')
    local known = tonumber(a)
    if known == window or known == window + 1 then window, count = known, tonumber(b) end
  end
  local left = count < limit and limit - count or 0
  local time = (length > 0 and (window + 1) * length or begin_of(window + 1)) - now
  local function write() keep(key, number(window) .. ':' .. number(count + cost), time) end
  if cost > left then return {false, left, time, time, window, write} end
  return {true, left - cost, time, 0, window, write}
end

local function sliding(key, limit, length)
  local ms = div(now, 1000)
  local window, elapsed, before, count = div(ms, length), ms % length, 0, 0
  local state = redis.call('GET', key)
  if state then
    local a, b, c = string.match(state, '^(%d+):(%d+):(%d+)$')
    local known = tonumber(a)
    if known == window then
      before, count = tonumber(b), tonumber(c)
    elseif known == window - 1 then
      before = tonumber(c)
    elseif known == window + 1 then
      window, elapsed, before, count = known, 0, tonumber(b), tonumber(c)
    end
  end
  local room = limit * length - before * (length - elapsed) - count * length
  local allowed = cost * length <= room
  local retry = 0
  if allowed then
    room = room - cost * length
    count = count + cost
  elseif count + cost <= limit then
    retry = length - div((limit - count - cost) * length, before) - elapsed
  else
    retry = 2 * length - div((limit - cost) * length, count) - elapsed
  end
  local reset = before > 0 and length - elapsed or 0
  if count > 0 then reset = 2 * length - elapsed end
  local function write()
    keep(key, number(window) .. ':' .. number(before) .. ':' .. number(count), 2000 * length)
  end
  return {allowed, room > 0 and div(room, length) or 0, reset * 1000, retry * 1000, window, write}
end

local function concurrency(key, limit)
  local held = 0
  local slots = redis.call('HGETALL', key)
  for i = 1, #slots, 2 do
    if slots[i] == node or redis.call('EXISTS', signs .. slots[i]) == 1 then
      held = held + tonumber(slots[i + 1])
    else
      redis.call('HDEL', key, slots[i])
    end
  end
  local left = held < limit and limit - held or 0
  local function write()
    redis.call('HINCRBY', key, node, cost)
    redis.call('PEXPIRE', key, 604800000)
    redis.call('SET', signs .. node, 1, 'PX', 30000)
  end
  if cost > left then return {false, left, 0, Second, 0, write} end
  return {true, left - cost, 0, 0, 0, write}
end

local limits = {g = gcra, f = fixed, s = sliding, c = concurrency}
local all, allowed = {}, true
for i = 1, #KEYS do
  local at = 6 * i - 1
  local said = limits[ARGV[at]](KEYS[i], tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2]),
                                tonumber(ARGV[at + 3]), tonumber(ARGV[at + 4]),
                                tonumber(ARGV[at + 5]))
  all[i] = said
  allowed = allowed and said[1]
end
local reply = {}
for i = 1, #KEYS do
  local said = all[i]
  if allowed then said[6]() end
  reply[5 * i - 4] = said[1] and 1 or 0
  for j = 2, 5 do reply[5 * i - 5 + j] = said[j] end
end
return reply
)lua";
}

std::string_view give_back_script() noexcept {
  return R"lua(
local cost, node = tonumber(ARGV[1]), ARGV[2]
local function number(value) return string.format('%.0f', value) end
local function put(key, text) redis.call('SET', key, text, 'KEEPTTL') end

local function gcra(key, at)
  local state = redis.call('GET', key)
  if not state then return end
  local a, b = string.match(state, '^(%d+):(%d+)$')
  local parts, q, s = tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2]), tonumber(ARGV[at + 3])
  local part = tonumber(b) - cost * s
  local us = tonumber(a) - cost * q + math.floor(part / parts)
  put(key, number(math.max(us, 0)) .. ':' .. number(part % parts))
end

local function fixed(key, at)
  local state = redis.call('GET', key)
  if not state then return end
  local a, b = string.match(state, '^(%d+):(%d+)$')
  if a ~= ARGV[at + 6] then return end
  put(key, a .. ':' .. number(math.max(tonumber(b) - cost, 0)))
end

local function sliding(key, at)
  local state = redis.call('GET', key)
  if not state then return end
  local a, b, c = string.match(state, '^(%d+):(%d+):(%d+)$')
  local ago = tonumber(a) - tonumber(ARGV[at + 6])
  if ago == 0 then c = number(math.max(tonumber(c) - cost, 0)) end
  if ago == 1 then b = number(math.max(tonumber(b) - cost, 0)) end
  put(key, a .. ':' .. b .. ':' .. c)
end

local function concurrency(key)
  if redis.call('HINCRBY', key, node, -cost) <= 0 then redis.call('HDEL', key, node) end
end

local limits = {g = gcra, f = fixed, s = sliding, c = concurrency}
for i = 1, #KEYS do
  local at = 7 * i - 4
  limits[ARGV[at]](KEYS[i], at)
end
return 1
)lua";
}

}  // namespace portico::ratelimit

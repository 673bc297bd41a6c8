-- One turn of one process at the limits that all workers share: ends its calls, queues its waiting
-- calls, lets through what may go. Redis runs a script alone, so no two processes see the same room.
--
-- Never over a limit in any sliding minute. The log holds every call let through in the last minute
-- and a second more (what a request may take to reach the provider), with reserved or actual tokens.
-- Even: calls are also paced, so that the minute's room is not used up in its first second.
-- Fair: start-time fair queueing. A call's tag is its report's share of the limits so far, and the
-- lowest goes first. A report that has asked little may start a few calls earlier in time than the
-- others, and so goes ahead of them.
local QUEUE, SEEN, FINISH, LOG, TOKENS, FLIGHT, PROCESSES, STATE = unpack(KEYS)
local CREDIT = 4 -- how many calls a report may be ahead
local ABSENT = 400 -- a process that has not asked for this many ms loses its turn, but keeps its place
local FORGET = 600000

local turn = cjson.decode(ARGV[1])
local limits = turn.limits
local WINDOW = turn.windowMs
local BURST = WINDOW / 122 -- how far calls may run ahead of the pace, ms
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local function state(name)
  return tonumber(redis.call('HGET', STATE, name) or '0')
end
local sum, virtual, pace = state('sum'), state('virtual'), state('pace')

-- milliseconds of the shared minute that a call takes
local function cost(tokens)
  local share = 0
  if limits.requests > 0 then share = WINDOW / limits.requests end
  if limits.tokens > 0 then share = math.max(share, tokens * WINDOW / limits.tokens) end
  return share
end

-- drop what has expired
for _, id in ipairs(redis.call('ZRANGEBYSCORE', LOG, '-inf', now - WINDOW)) do
  sum = sum - tonumber(redis.call('HGET', TOKENS, id) or '0')
  redis.call('HDEL', TOKENS, id)
end
redis.call('ZREMRANGEBYSCORE', LOG, '-inf', now - WINDOW)
redis.call('ZREMRANGEBYSCORE', FLIGHT, '-inf', now)
redis.call('ZREMRANGEBYSCORE', PROCESSES, '-inf', now - FORGET)
redis.call('ZREMRANGEBYSCORE', FINISH, '-inf', virtual - FORGET)
redis.call('ZADD', PROCESSES, now, turn.process)
for _, id in ipairs(turn.gone) do
  redis.call('ZREM', QUEUE, id)
  redis.call('HDEL', SEEN, id)
end
for _, call in ipairs(turn.ended) do
  redis.call('ZREM', FLIGHT, call.id)
  local reserved = tonumber(redis.call('HGET', TOKENS, call.id) or '-1')
  if reserved >= 0 and call.tokens >= 0 then
    redis.call('HSET', TOKENS, call.id, call.tokens)
    sum = sum + call.tokens - reserved
    pace = pace - math.max(0, cost(reserved) - cost(call.tokens))
  end
end

-- queue this process's waiting calls
local mine = {}
for _, call in ipairs(turn.waiting) do
  mine[call.id] = call
  if not redis.call('ZSCORE', QUEUE, call.id) then
    local share = cost(call.tokens)
    local start = virtual - CREDIT * share
    local last = redis.call('ZSCORE', FINISH, call.report)
    if last then start = math.max(start, tonumber(last)) end
    redis.call('ZADD', QUEUE, start, call.id)
    redis.call('ZADD', FINISH, start + share, call.report)
  end
  redis.call('HSET', SEEN, call.id, now)
end

-- milliseconds until there may be room for a call; 0 means now
local function wait(call)
  if limits.inFlight > 0 and redis.call('ZCARD', FLIGHT) >= limits.inFlight then return BURST end
  local oldest = redis.call('ZRANGE', LOG, 0, 0, 'WITHSCORES')[2]
  if oldest then
    local full = limits.requests > 0 and redis.call('ZCARD', LOG) >= limits.requests
    -- a call that needs more tokens than the limit goes alone
    full = full or (limits.tokens > 0 and sum + call.tokens > limits.tokens)
    if full then return math.max(1, tonumber(oldest) + WINDOW - now) end
  end
  return math.max(0, math.ceil(pace - BURST - now))
end

local granted, waitMs = {}, BURST
for _, entry in ipairs(redis.call('ZRANGE', QUEUE, 0, -1)) do
  local call = mine[entry]
  if call then
    waitMs = wait(call)
    if waitMs > 0 then break end
    redis.call('ZADD', LOG, now, entry)
    redis.call('HSET', TOKENS, entry, call.tokens)
    redis.call('ZADD', FLIGHT, now + call.leaseMs, entry)
    virtual = math.max(virtual, tonumber(redis.call('ZSCORE', QUEUE, entry)))
    redis.call('ZREM', QUEUE, entry)
    redis.call('HDEL', SEEN, entry)
    sum = sum + call.tokens
    pace = math.max(pace, now) + cost(call.tokens)
    granted[#granted + 1] = entry
    waitMs = BURST
  else
    local absent = now - tonumber(redis.call('HGET', SEEN, entry) or '0')
    if absent > FORGET then
      redis.call('ZREM', QUEUE, entry)
      redis.call('HDEL', SEEN, entry)
    elseif absent < ABSENT then
      break
    end
  end
end

redis.call('HSET', STATE, 'sum', sum, 'virtual', virtual, 'pace', pace)
for _, key in ipairs(KEYS) do redis.call('PEXPIRE', key, FORGET) end
return { granted, math.ceil(waitMs), redis.call('ZCARD', PROCESSES) }

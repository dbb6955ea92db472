-- What the load generator asks for: the work named first after `--`, with the facts in the file named second.
-- Each request is somebody else's, on something else, by chance.

local sessions, forms, tickets, open, linked, words = {}, {}, {}, {}, {}, {}
local companies, work = {}, ""

local function read(file)
  for line in io.lines(file) do
    local kind, first, rest = line:match("^(%S+) (%S+) ?(.*)$")
    if kind == "session" then
      sessions[first] = { ["Cookie"] = "staffel=" .. rest }
      companies[#companies + 1] = first
    elseif kind == "form" then
      local organization, queue, person = rest:match("^(%S+) (%S+) (%S+)$")
      forms[first] = "organization=" .. organization .. "&queue=" .. queue .. "&person=" .. person
        .. "&status=new&priority=medium&source=phone"
    elseif kind == "ticket" then tickets[#tickets + 1] = { first, rest }
    elseif kind == "open" then open[#open + 1] = { first, rest }
    elseif kind == "linked" then linked[#linked + 1] = { first, rest }
    elseif kind == "word" then
      words[#words + 1] = first:gsub("[^%w]", function(c) return string.format("%%%02X", c:byte()) end)
    end
  end
  for _, headers in pairs(sessions) do headers["Sec-Fetch-Site"] = "same-origin" end
end

local function any(list) return list[math.random(#list)] end

local function get(company, path) return wrk.format("GET", path, sessions[company]) end

local posting = {}
local function post(company, path, body)
  local headers = posting[company]
  if not headers then
    headers = { ["Content-Type"] = "application/x-www-form-urlencoded" }
    for name, value in pairs(sessions[company]) do headers[name] = value end
    posting[company] = headers
  end
  return wrk.format("POST", path, headers, body)
end

local function note()
  return "publish=all&body=Der+Austausch+ist+erledigt%2C+die+Anlage+wurde+" .. math.random(90)
    .. "+Minuten+beobachtet.+Die+Messung+am+Anschluss+ergab+keine+Auff%C3%A4lligkeiten."
end

local function note_on(list)
  local at = any(list)
  return post(at[1], "/tickets/" .. at[2] .. "/notes", note())
end

local works = {
  bare = function() return wrk.format("GET", "/") end,
  list = function() return get(any(companies), "/tickets") end,
  ticket = function()
    local at = any(tickets)
    return get(at[1], "/tickets/" .. at[2])
  end,
  search = function() return get(any(companies), "/tickets?q=" .. any(words)) end,
  dashboard = function() return get(any(companies), "/outsource") end,
  create = function()
    local company = any(companies)
    return post(company, "/tickets", forms[company] .. "&title=Drucker+" .. math.random(1000000)
      .. "+druckt+nicht&description=Seit+heute+fr%C3%BCh+steht+das+Ger%C3%A4t+im+Empfang.+Bitte+vorher+anrufen.")
  end,
  note = function() return note_on(open) end,
  cross = function() return note_on(linked) end,
}

function init(args)
  work = args[1]
  read(args[2])
  math.randomseed(os.time())
  request = works[work]
end

function done(summary, latency)
  local errors = summary.errors
  local broken = errors.connect + errors.read + errors.write + errors.timeout
  io.write(string.format("figures %d %d %d %d %d %d %d\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99), summary.bytes, errors.status, broken))
end

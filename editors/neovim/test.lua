-- Run in Neovim by test.py. Prints a line for each case, and ends with status 1 at the first that
-- fails.
local function say(text)
  io.stdout:write(text .. '\n')
end

local function check(what, good)
  if not good then
    error(what, 0)
  end
end

-- Waits until `get` returns something other than nil or false, and returns that.
local function wait(what, get)
  local got
  vim.wait(60000, function()
    got = get()
    return got
  end, 10)
  check(what .. ': waited in vain; there is ' .. vim.inspect(vim.tbl_map(function(one)
    return one.code
  end, vim.diagnostic.get(0))), got)
  return got
end

local function find(rule)
  for _, one in ipairs(vim.diagnostic.get(0)) do
    if one.code == rule then
      return one
    end
  end
end

local function text_at(one)
  return vim.api.nvim_buf_get_text(0, one.lnum, one.col, one.end_lnum, one.end_col, {})[1]
end

-- Chooses the action with that title, as a user does in the list.
local function act(title)
  local offered, chosen
  vim.ui.select = function(items, options, choose)
    offered = vim.tbl_map(options.format_item, items)
    for index, item in ipairs(items) do
      if offered[index]:find(title, 1, true) then
        chosen = offered[index]
        return choose(item, index)
      end
    end
  end
  vim.lsp.buf.code_action()
  wait('actions', function()
    return offered
  end)
  check('no action `' .. title .. '` in ' .. vim.inspect(offered), chosen)
  return chosen
end

-- Sees the finding, fixes it, and sees it vanish.
local function fix(file, place, underlined)
  local title = 'run it unprivileged (unsafe'
  vim.cmd('edit ' .. file)
  local found = wait('a finding in ' .. file, function()
    return find('privileged')
  end)
  local where = ('%d:%d'):format(found.lnum + 1, found.col + 1)
  check('it is at ' .. where, where == place)
  check('underlined is ' .. text_at(found), text_at(found) == underlined)
  check('source is ' .. tostring(found.source), found.source == 'cagelint')
  check('it is no error', found.severity == vim.diagnostic.severity.ERROR)
  check('message is ' .. found.message, found.message:find('runs privileged', 1, true))
  say(('ok finding in %s: %s %s [%s] under `%s`'):format(file, where,
    found.message:match('[^\n]*'), found.code, underlined))
  check('`mutable-tag` is there, which the settings ignore', not find('mutable-tag'))

  vim.api.nvim_win_set_cursor(0, { found.lnum + 1, found.col })
  local chosen = act(title)
  wait('no finding in ' .. file, function()
    return not find('privileged') and #vim.diagnostic.get(0) > 0
  end)
  vim.cmd('silent write')
  say(('ok fix in %s: %s'):format(file, chosen))
end

local function clients()
  return (vim.lsp.get_clients or vim.lsp.get_active_clients)()
end

local ok, message = pcall(function()
  fix('compose.yaml', '4:17', 'true')
  fix('run.sh', '2:28', '--privileged')
  check(#clients() .. ' servers for one folder', #clients() == 1)
  say('ok server: one for all files of a folder')
end)
if not ok then
  say('not ok: ' .. tostring(message))
  vim.cmd('cquit 1')
end
say('done')
vim.cmd('qall!')

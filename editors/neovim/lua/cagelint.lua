-- cagelint's language server in Neovim 0.7 and newer.
--   require('cagelint').setup({ policy = 'service' })
local M = {}

-- What Neovim calls the files that cagelint reads. The server is silent about those that
-- configure no container.
local filetypes = {
  'bash', 'conf', 'dockerfile', 'dosbatch', 'dosini', 'env', 'go', 'javascript', 'javascriptreact',
  'json', 'json5', 'jsonc', 'just', 'make', 'markdown', 'ps1', 'python', 'sh', 'systemd', 'toml',
  'typescript', 'typescriptreact', 'yaml', 'yaml.docker-compose', 'yaml.ghaction', 'yaml.gitlab',
  'zsh',
}

-- Also what `vim.lsp.config` takes, through lsp/cagelint.lua.
M.config = {
  name = 'cagelint',
  cmd = { 'cagelint', 'lsp' },
  filetypes = filetypes,
  root_markers = { '.cagelint.yaml', '.git' },
  settings = { cagelint = vim.empty_dict() },
  -- Neovim 0.7 tells settings in no other way, newer ones when the first file is judged already.
  before_init = function(params, config)
    params.initializationOptions = config.settings
  end,
}

local loop = vim.uv or vim.loop

-- The nearest folder above `file` that has a marker, or its own.
local function root_of(file)
  local own = vim.fn.fnamemodify(file, ':p:h')
  local folder = own
  while true do
    for _, marker in ipairs(M.config.root_markers) do
      if loop.fs_stat(folder .. '/' .. marker) then
        return folder
      end
    end
    local parent = vim.fn.fnamemodify(folder, ':h')
    if parent == folder then
      return own
    end
    folder = parent
  end
end

-- Before 0.8 there is no vim.lsp.start, which shares one server among the files of a root.
local clients = {}
local function start_old(config, buffer)
  local id = clients[config.root_dir]
  if not id or not vim.lsp.get_client_by_id(id) then
    id = vim.lsp.start_client(config)
    clients[config.root_dir] = id
  end
  if id then
    vim.lsp.buf_attach_client(buffer, id)
  end
end

local function start(buffer, settings)
  local file = vim.api.nvim_buf_get_name(buffer)
  -- A buffer without a file, or of a plugin (`fugitive://…`), is nothing that could be judged.
  if file == '' or file:match('^%a[%w+.-]+://') or vim.bo[buffer].buftype ~= '' then
    return
  end
  local config = {
    name = M.config.name,
    cmd = M.config.cmd,
    root_dir = root_of(file),
    settings = { cagelint = settings },
    before_init = M.config.before_init,
  }
  if vim.lsp.start then
    vim.lsp.start(config, { bufnr = buffer })
  else
    start_old(config, buffer)
  end
end

-- Starts the server for all files that are opened from now on. `settings` is the section
-- `cagelint` of the server: policy, ignore, minSeverity …
function M.setup(settings)
  settings = settings or vim.empty_dict()
  vim.api.nvim_create_autocmd('FileType', {
    group = vim.api.nvim_create_augroup('cagelint', { clear = true }),
    pattern = M.config.filetypes,
    callback = function(event)
      start(event.buf, settings)
    end,
  })
end

return M

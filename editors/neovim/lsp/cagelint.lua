-- For `vim.lsp.enable('cagelint')`, which Neovim has from 0.11 on.
return require('cagelint').config

" cagelint's language server under ALE: findings, code actions, hover. Without ALE it does nothing.
"   let g:ale_cagelint_settings = {'policy': 'service'}
if exists('g:loaded_cagelint_ale')
  finish
endif
let g:loaded_cagelint_ale = 1

" What Vim calls the files that cagelint reads. The server is silent about those that configure no
" container.
let s:filetypes = ['bash', 'conf', 'dockerfile', 'dosbatch', 'dosini', 'env', 'go', 'javascript',
      \ 'javascriptreact', 'json', 'json5', 'jsonc', 'just', 'make', 'markdown', 'ps1', 'python',
      \ 'sh', 'systemd', 'toml', 'typescript', 'typescriptreact', 'yaml', 'zsh']

" The nearest folder above the file that has a configuration or a repository, or its own.
function! s:ProjectRoot(buffer) abort
  let l:config = ale#path#FindNearestFile(a:buffer, '.cagelint.yaml')
  let l:git = ale#path#FindNearestDirectory(a:buffer, '.git')
  " Of a work tree or a submodule it is a file.
  let l:link = ale#path#FindNearestFile(a:buffer, '.git')
  let l:roots = [expand('#' . a:buffer . ':p:h')]
  if !empty(l:config)
    call add(l:roots, fnamemodify(l:config, ':p:h'))
  endif
  if !empty(l:git)
    call add(l:roots, fnamemodify(l:git, ':p:h:h'))
  endif
  if !empty(l:link)
    call add(l:roots, fnamemodify(l:link, ':p:h'))
  endif
  return len(l:roots) == 1 ? l:roots[0] : sort(l:roots[1:], {a, b -> len(b) - len(a)})[0]
endfunction

function! s:Settings(buffer) abort
  return {'cagelint': ale#Var(a:buffer, 'cagelint_settings')}
endfunction

" ALE's own choice of linters for YAML, JSON, Python and others leaves out what it does not know. A
" choice of the user stays as it is.
function! s:Enable(filetype) abort
  if index(s:filetypes, a:filetype) < 0 || get(g:, 'ale_linters_explicit', 0)
    return
  endif
  let l:chosen = get(g:, 'ale_linters', {})
  let l:names = map(ale#linter#Get(a:filetype), 'v:val.name')
  if !has_key(l:chosen, a:filetype) && index(l:names, 'cagelint') < 0
    let l:chosen[a:filetype] = l:names + ['cagelint']
    let g:ale_linters = l:chosen
  endif
endfunction

function! s:Define() abort
  if !exists('g:loaded_ale')
    return
  endif
  call ale#Set('cagelint_executable', 'cagelint')
  call ale#Set('cagelint_settings', {})
  runtime autoload/ale/lsp/message.vim
  runtime cagelint/ale/lsp/message.vim
  for l:filetype in s:filetypes + ['powershell']  " ALE's name of ps1
    call ale#linter#Define(l:filetype, {
          \ 'name': 'cagelint',
          \ 'lsp': 'stdio',
          \ 'executable': {buffer -> ale#Var(buffer, 'cagelint_executable')},
          \ 'command': '%e lsp',
          \ 'project_root': function('s:ProjectRoot'),
          \ 'initialization_options': function('s:Settings'),
          \ })
  endfor
  " Not all at once: each has ALE read the linters that it has for that type.
  autocmd cagelint_ale FileType * for s:part in split(expand('<amatch>'), '\.') |
        \ call s:Enable(s:part) | endfor
  for l:buffer in getbufinfo({'bufloaded': 1})
    for l:part in split(getbufvar(l:buffer.bufnr, '&filetype'), '\.')
      call s:Enable(l:part)
    endfor
    " What Vim was started with has been linted already.
    if !empty(l:buffer.windows)
      call ale#events#LintOnEnter(l:buffer.bufnr)
    endif
  endfor
endfunction

" ALE may be loaded later than this file.
augroup cagelint_ale
  autocmd!
  autocmd VimEnter * call s:Define()
augroup END
if v:vim_did_enter
  call s:Define()
endif

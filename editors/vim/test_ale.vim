" Run in Vim by test.py, when it has begun. Prints a line for each case; the first that fails ends
" it with status 1.

function! Say(text) abort
  call writefile([a:text], '/dev/stdout', 'a')
endfunction

function! Check(what, good) abort
  if !a:good
    throw a:what
  endif
endfunction

function! Find(rule) abort
  return get(filter(copy(getloclist(0)), {_, one -> one.text =~# a:rule}), 0, {})
endfunction

" Waits until the expression is true.
function! Wait(what, expression) abort
  let l:begin = reltime()
  while !eval(a:expression)
    call Check(a:what . ': waited in vain; there is ' . string(map(getloclist(0), 'v:val.text')),
          \ reltimefloat(reltime(l:begin)) < 60)
    sleep 20m
  endwhile
endfunction

" Chooses an action by what is written there, as in the menu of ALE.
function! Choose(data, items) abort
  let s:offered = map(copy(a:items), 'v:val[1].title')
  for [l:kind, l:item] in a:items
    if l:item.title =~# '^run it unprivileged (unsafe'
      call ale#codefix#ApplyLSPCodeAction(a:data, l:item)
    endif
  endfor
endfunction

" Sees the finding, fixes it, and sees it vanish.
function! Fix(file, place, underlined) abort
  " Vim was started with the first.
  if bufname('') !=# a:file
    execute 'edit' a:file
  endif
  call Wait('a finding in ' . a:file, '!empty(Find("runs privileged"))')
  let l:found = Find('runs privileged')
  let l:where = l:found.lnum . ':' . l:found.col
  call Check('it is at ' . l:where, l:where ==# a:place)
  let l:text = getline(l:found.lnum)[l:found.col - 1 : l:found.end_col - 1]
  call Check('underlined is ' . l:text, l:text ==# a:underlined)
  call Check('type is ' . l:found.type, l:found.type ==# 'E')
  call Say(printf('ok finding in %s: %s %s under `%s`', a:file, l:where, l:found.text, l:text))
  call Check('`mutable-tag` is there, which the settings ignore', empty(Find('the tag')))

  call cursor(l:found.lnum, l:found.col)
  let s:offered = []
  let l:tick = b:changedtick
  call ale#codefix#Execute(0, function('Choose'))
  call Wait('actions', '!empty(s:offered)')
  call Check('no such action in ' . string(s:offered), b:changedtick > l:tick)
  silent write
  call Wait('no finding in ' . a:file, 'empty(Find("runs privileged")) && !empty(getloclist(0))')
  call Say('ok fix in ' . a:file . ', by ' . s:offered[0])
endfunction

try
  call Fix('compose.yaml', '4:17', 'true')
  call Fix('run.sh', '2:28', '--privileged')
  let s:other = ale#lsp#message#Initialize('/', {'other': {}}, {'workspace': {}})[2]
  call Check('a server of somebody else is told too', s:other.capabilities == {'workspace': {}})
  call Say('ok other servers: are told what ALE tells them')
  call Say('done')
catch
  call Say('not ok: ' . v:exception . ' at ' . v:throwpoint)
  cquit!
endtry
qall!

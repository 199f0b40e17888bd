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

function! Find(text) abort
  return get(filter(getqflist(), {_, one -> one.text =~# a:text}), 0, {})
endfunction

" Sees the findings in the quickfix list, has the file fixed, and sees one vanish.
function! Fix(file, place, underlined) abort
  " Vim was started with the first.
  if bufname('') !=# a:file
    execute 'edit' a:file
  endif
  compiler cagelint
  silent make %
  let l:found = Find('runs privileged')
  call Check('no finding in ' . string(getqflist()), !empty(l:found))
  let l:where = l:found.lnum . ':' . l:found.col
  call Check('it is at ' . l:where, l:where ==# a:place)
  call Check('it is in ' . bufname(l:found.bufnr), l:found.bufnr == bufnr(''))
  call Check('type is ' . l:found.type, l:found.type ==? 'e')
  call Check('message is ' . l:found.text, l:found.text ==# 'runs privileged [privileged]')
  silent cc 1
  execute 'silent cc' index(getqflist(), l:found) + 1
  let l:text = getline('.')[col('.') - 1 :]
  call Check(':cc goes to ' . l:text, stridx(l:text, a:underlined) == 0)
  call Check('type of a note', Find('\[mutable-tag\]').type ==? 'n')
  call Say(printf('ok finding in %s: %s %s under `%s`', a:file, l:where, l:found.text,
        \ a:underlined))

  call Check('nothing that can be fixed', !empty(Find('\[unlimited-pids\]')))
  let l:before = getline(1, '$')
  silent CagelintFix
  silent make %
  call Check('a finding was not fixed', empty(Find('\[unlimited-pids\]')))
  call Check('an unsafe fix was made', !empty(Find('\[privileged\]')))
  silent undo
  call Check('the fix cannot be undone', getline(1, '$') ==# l:before)
  silent redo
  call Say('ok fix in ' . a:file . ', which can be undone')
endfunction

try
  call Fix('compose.yaml', '4:17', 'true')
  call Fix('run.sh', '2:28', '--privileged')
  silent make
  let s:found = filter(getqflist(), {_, one -> one.text =~# 'runs privileged'})
  call Check('not all files of the folder', len(s:found) == 2)
  call Say('ok folder: :make without a file finds both')
  call Say('done')
catch
  call Say('not ok: ' . v:exception . ' at ' . v:throwpoint)
  cquit!
endtry
qall!

" Findings in the quickfix list: `:compiler cagelint`, then `:make %` or, for the whole folder,
" `:make`. `:CagelintFix` makes the safe fixes of this file, `:CagelintFix!` also the others.
if exists('current_compiler')
  finish
endif
let current_compiler = 'cagelint'

" What is not meant to hold a configuration is no gap, since `:make` may be mapped for all files.
CompilerSet makeprg=cagelint\ check\ --format\ gcc\ --as-walked\ $*
" Columns are bytes on both sides. Notes are informational.
CompilerSet errorformat=%f:%l:%c:\ %trror:\ %m,%f:%l:%c:\ %tarning:\ %m,%f:%l:%c:\ %tote:\ %m

" Writes the buffer, has the file fixed and reads it again, which can be undone.
function! s:Fix(unsafe) abort
  update
  let l:unsafe = a:unsafe ? '--unsafe ' : ''
  " A whole path: no name is taken for an option.
  let l:said = system('cagelint fix ' . l:unsafe . shellescape(expand('%:p')))
  let l:view = winsaveview()
  edit
  call winrestview(l:view)
  echo trim(l:said)
endfunction
command! -buffer -bar -bang CagelintFix call s:Fix(<bang>0)

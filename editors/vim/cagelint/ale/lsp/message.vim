" Read by plugin/cagelint_ale.vim after ALE's own file of this name. It stands in a folder of this
" name, since Vim takes a function `ale#lsp#message#…` from no other file.
"
" ALE takes characters of the protocol for bytes, and edits the wrong text behind any that is not
" ASCII. The protocol allows to count in bytes where the client says so, which ALE does not do: it
" is said for it, to our server alone. ALE need not look at the answer: it counts so anyway.
if !exists('*ale#lsp#message#Initialize') || exists('s:Initialize')
  finish
endif

" By reference: by name it would be the function that is defined here.
let s:Initialize = funcref('ale#lsp#message#Initialize')

function! ale#lsp#message#Initialize(...) abort
  let l:message = call(s:Initialize, a:000)
  let l:params = get(l:message, 2, {})
  let l:options = get(l:params, 'initializationOptions', {})
  if type(l:options) == v:t_dict && has_key(l:options, 'cagelint')
    let l:params.capabilities.general = {'positionEncodings': ['utf-8']}
  endif
  return l:message
endfunction

# Completes each line of the file $2 by the script $1, and prints: line, tab, candidates with blanks
# between.
. "$1"
compopt() { case $* in *'+o default'*) offered= ;; esac; }
while IFS= read -r line; do
  # As readline splits: `=` is a word of its own, and a blank at the end begins an empty one.
  read -ra COMP_WORDS <<<"${line//=/ = }"
  case $line in *' ') COMP_WORDS+=('') ;; esac
  COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
  COMPREPLY=()
  # What readline offers by itself where nothing else is, for `complete -o default`.
  case $(complete -p cagelint) in *'-o default'*) offered=files ;; *) offered= ;; esac
  _cagelint
  found=${COMPREPLY[*]:-$offered}
  printf '%s\t%s\n' "$line" "$found"
done <"$2"

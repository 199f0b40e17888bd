# Completes each line of the file $2 by the script in folder $1 as a terminal would, and prints: line,
# tab, candidates with blanks between.
zmodload zsh/zpty
out=$PWD/found
cat >init.zsh <<END
PS1=
fpath=(${(q)1} \$fpath)
autoload -Uz compinit
compinit -u -D
compadd() {
  local -a found
  builtin compadd -O found "\$@"
  ((\$#found)) && print -rl -- \$found >>${(q)out}
  builtin compadd "\$@"
}
_shown() { _main_complete; print -r -- '(end)' >>${(q)out} }
zle -C shown list-choices _shown
bindkey '^T' shown
END
zpty terminal zsh -f -i
zpty -w terminal "source ./init.zsh; print '(re''ady)'"
zpty -r terminal greeting '*(ready)*' || exit 1
while IFS= read -r line; do
  : >$out
  # ^U empties the line.
  zpty -w -n terminal $'\x15'"$line"$'\x14'
  repeat 200; do
    [[ ${"$(<$out)"} = *'(end)' ]] && break
    sleep 0.05
  done
  found=${"$(<$out)"}
  [[ $found = *'(end)' ]] || { print "no answer to: $line"; exit 1 }
  printf '%s\t%s\n' "$line" "${${found%\(end\)}//$'\n'/ }"
done <$2
zpty -d terminal

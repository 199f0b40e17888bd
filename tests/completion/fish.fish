# Completes each line of the file $argv[2] by the script $argv[1], and prints: line, tab, candidates
# with blanks between.
source $argv[1]
while read -l line
    printf '%s\t%s\n' $line (complete -C $line | string replace -r '\t.*' '' | string join ' ')
end <$argv[2]

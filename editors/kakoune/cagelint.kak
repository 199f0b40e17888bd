# cagelint in Kakoune, which has no client of language servers: the command line is asked.

# `lint` has the text in a temporary file, and appends its name. It is read as the file of the
# buffer, since the project around it counts. Two things of `lint` are seen to: it takes every line
# for one of this file, so findings in files that this one loads are left out; and it splits lines
# at colons, so a name has none. The text ends where the appended name belongs.
declare-option -docstring 'what lintcmd can be set to where cagelint is the only linter' \
    str cagelint_lintcmd %{
        cagelint_lint() {
            cd "$(dirname -- "$kak_buffile")" || return
            name=$(printf %s "${kak_buffile##*/}" | LC_ALL=C tr -c '[:alnum:]._-' _)
            cagelint check --format gcc --stdin-filename "$PWD/$name" - <"$1" |
                CAGELINT_NAME="$name:" awk '
                    index($0, ENVIRON["CAGELINT_NAME"]) == 1 { print; next }
                    /^cagelint: error: / { print | "cat >&2" }'
        }
        cagelint_lint }

define-command cagelint-lint -docstring 'show what cagelint finds in this file beside its lines' %{
    evaluate-commands -draft %{
        execute-keys '%'
        lint-selections -command %opt{cagelint_lintcmd}
    }
}

define-command cagelint-fix -params ..1 -shell-script-candidates %{ echo --unsafe } \
    -docstring 'cagelint-fix [--unsafe]: write the file, make its safe fixes or all, read it' \
%{
    write
    evaluate-commands %sh{
        # A whole path: no name is taken for an option. What is not given ($1) is no word.
        said=$(cagelint fix $1 "$kak_buffile" 2>&1 >/dev/null | tail -n 1 | sed "s/'/''/g")
        printf "edit!\ncagelint-lint\necho -- '%s'\n" "$said"
    }
}

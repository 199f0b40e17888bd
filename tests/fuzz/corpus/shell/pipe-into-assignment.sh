NET=none
OPTS=(--rm -v "$PWD:/w:ro")
f() { docker run "${OPTS[@]}" --network "$NET" "$@"; }
f alpine sh -c "docker exec x id"
cat <<E | bNET=none
OPTS=(--rm -v "NEa
# An OCI runtime: runc, without the capabilities of $missing, which the script that sources this sets.
# A machine that has not got a capability itself cannot give it to a container: runc then fails with
# "unable to apply caps", and no container with --privileged or --cap-add ALL would start. All that
# such a container has besides stays as the engine asked for it.
edited=""
before=""
for word in "$@"; do
  case $before in
    --bundle | -b) edited=$word/config.json ;;  # create, run
    --process | -p) edited=$word ;;             # exec
  esac
  before=$word
done
if [ -f "$edited" ]; then
  for name in $missing; do
    sed -i "s/,\"$name\"//g; s/\"$name\",//g; s/\"$name\"//g" "$edited"
  done
fi
exec runc "$@"

#!/bin/sh
# rules: broken-continuation
# The command ends before the options that were to confine it; the shell takes them for a command of
# its own, and says no more than that there is none.
chmod +x attack

# A blank behind the backslash.
# expect: broken-continuation error `\ `
docker run --rm --network none -v "$PWD/attack:/attack:ro" --entrypoint /attack probe:1 \ 
  --read-only || echo "there is no such command"

# A backslash is missing.
# expect: broken-continuation error `probe:1`
docker run --rm --network none -v "$PWD/attack:/attack:ro" --entrypoint /attack probe:1
  --read-only || echo "there is no such command"

# ok: broken-continuation
docker run --rm --network none -v "$PWD/attack:/attack:ro" --entrypoint /attack \
  --read-only probe:1

# --- attack
#!/bin/sh
echo REACHED
echo evil >/bin/planted

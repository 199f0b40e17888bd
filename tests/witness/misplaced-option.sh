#!/bin/sh
# rules: misplaced-option
# An option behind the image is handed to the program of the image, which here heeds no words: the
# root stays writable, and the capabilities stay.
chmod +x attack
docker create --name maker --network none probe:1 true
docker cp attack maker:/attack
docker commit --change 'ENTRYPOINT ["/attack"]' maker agent:1

# expect: misplaced-option error `--read-only`
docker run --rm --network none agent:1 --read-only

# expect: misplaced-option error `--cap-drop=ALL`
docker run --rm --network none agent:1 --cap-drop=ALL

# ok: misplaced-option
docker run --rm --network none --read-only agent:1

# ok: misplaced-option
docker run --rm --network none --cap-drop=ALL agent:1

# --- attack
#!/bin/sh
# Needs a writable root, and the capability to give a file away.
echo REACHED
echo evil >/bin/planted && chown 1000:1000 /bin/planted

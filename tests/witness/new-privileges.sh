# rules: new-privileges
# A setuid program of the image makes any user root, whoever the container was started as.

# expect: new-privileges error `docker run`
docker run --rm --network none --user 1000:1000 probe:1 sh -c 'echo REACHED; become-root'

# ok: new-privileges
docker run --rm --network none --user 1000:1000 --security-opt no-new-privileges probe:1 \
  sh -c 'echo REACHED; become-root'

# Without capabilities the caller is root all the same, and may what the files of root allow.
# expect: new-privileges error `no-new-privileges=false`
docker run --rm --network none --user 1000:1000 --cap-drop ALL \
  --security-opt no-new-privileges=false probe:1 sh -c 'echo REACHED; become-root'

# ok: new-privileges
docker run --rm --network none --user 1000:1000 --cap-drop ALL \
  --security-opt no-new-privileges:true probe:1 sh -c 'echo REACHED; become-root'

# rules: seccomp-unconfined
# Without a filter every call of the kernel is open; a profile that says nothing is none either. The
# engine has a filter of its own for those who name no other.

# expect: seccomp-unconfined error `seccomp=unconfined`
docker run --rm --network none --cap-drop ALL --user 1000:1000 \
  --security-opt seccomp=unconfined probe:1 sh -c 'echo REACHED; call unshare'

# ok: seccomp-unconfined
docker run --rm --network none --cap-drop ALL --user 1000:1000 \
  probe:1 sh -c 'echo REACHED; call unshare'

# expect: seccomp-unconfined error `seccomp:unconfined`
docker run --rm --network none --cap-drop ALL --user 1000:1000 \
  --security-opt seccomp:unconfined probe:1 sh -c 'echo REACHED; call keyctl'

# ok: seccomp-unconfined
docker run --rm --network none --cap-drop ALL --user 1000:1000 \
  probe:1 sh -c 'echo REACHED; call keyctl'

# expect: seccomp-unconfined error `empty.json`
docker run --rm --network none --cap-drop ALL --user 1000:1000 \
  --security-opt seccomp=empty.json probe:1 sh -c 'echo REACHED; call mount'

# ok: seccomp-unconfined
docker run --rm --network none --cap-drop ALL --user 1000:1000 \
  probe:1 sh -c 'echo REACHED; call mount'

# --- empty.json
{}

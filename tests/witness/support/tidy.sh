# Takes everything out of the engine that a section may have left, so that the next begins with none
# of it. Networks that the engine has of itself are refused, and stay.
containers=$(docker ps -aq)
[ -z "$containers" ] || docker rm -f -v $containers >/dev/null
volumes=$(docker volume ls -q)
[ -z "$volumes" ] || docker volume rm -f $volumes >/dev/null
networks=$(docker network ls -q --filter type=custom)
[ -z "$networks" ] || docker network rm $networks >/dev/null
images=$(docker image ls -a --format '{{.Repository}}:{{.Tag}} {{.ID}}' | grep -v '^probe:1 ' |
  sed 's/^<none>:<none> //; s/ .*//')
[ -z "$images" ] || docker image rm -f $images >/dev/null

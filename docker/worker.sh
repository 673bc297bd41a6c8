#!/bin/sh
# Becomes the worker (exec), so SIGTERM reaches it. The queue is the last argument, because some hosts
# replace the image's entry point with their command and others append it.
set -eu
queue=''
for queue in "$@"; do :; done
case "$queue" in
  life-clarity | blueprint | personal-horoscope | bundle) exec node "workers/$queue.ts" ;;
  *) echo "name a queue: life-clarity, blueprint, personal-horoscope or bundle" >&2; exit 2 ;;
esac

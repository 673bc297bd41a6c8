#!/bin/sh
# Becomes the worker of the queue that is named last, so that SIGTERM reaches it. Last, because some
# hosts put a command in place of the image's entry point, and others behind it.
set -eu
queue=''
for queue in "$@"; do :; done
case "$queue" in
  life-clarity | blueprint | personal-horoscope | bundle) exec node "workers/$queue.ts" ;;
  *) echo "name a queue: life-clarity, blueprint, personal-horoscope or bundle" >&2; exit 2 ;;
esac

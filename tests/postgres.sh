#!/usr/bin/env bash
# Runs a command with TOEX_DATABASE naming a PostgreSQL of its own, started for it in a temporary folder and stopped after it.
set -euo pipefail
as_root=(); [ "$(id -u)" = 0 ] || as_root=(sudo)
if ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then
  echo "Installing Debian's postgresql ..."
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql >/dev/null
fi
bin=$(dirname "$(ls /usr/lib/postgresql/*/bin/initdb | sort -V | tail -1)")
folder=$(mktemp -d); chmod 755 "$folder"
run=(); [ "$(id -u)" = 0 ] && { chown postgres "$folder"; run=(runuser -u postgres --); }
port=$(( 20000 + RANDOM % 20000 ))
cd "$folder"
"${run[@]}" "$bin/initdb" -D "$folder/data" -U toex -A trust --locale=C.UTF-8 >/dev/null
trap '"${run[@]}" "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1; rm -rf "$folder"' EXIT
"${run[@]}" "$bin/pg_ctl" -D "$folder/data" -w -o "-h 127.0.0.1 -p $port -k $folder" -l "$folder/log" start >/dev/null
"${run[@]}" "$bin/createdb" -h 127.0.0.1 -p "$port" -U toex toex
cd - >/dev/null
TOEX_DATABASE="postgresql://toex@127.0.0.1:$port/toex" "$@"

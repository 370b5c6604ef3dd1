#!/usr/bin/env bash
# Tests deploy/lib/mariadb.sh in a directory of its own. Usage: mariadb_script_test.sh SCRIPT DIR
set -u
script=$1
dir=$2/script
failures=0

check() { # check WHAT COMMAND...: the command must succeed
  local what=$1
  shift
  if ! "$@"; then
    echo "FAILED: $what" >&2
    failures=$((failures + 1))
  fi
}
status_is() { [ "$("$script" status "$1")" = "$2" ]; }
answers() { mariadb --no-defaults --socket="$("$script" socket "$1")" --user=root -e 'DO 0'; }
refuses() { ! "$@" >/dev/null 2>&1; }

"$script" stop "$dir" 2>/dev/null
rm -rf "$dir"

check "not running before the start" status_is "$dir" stopped
"$script" start "$dir" --fast & first=$!
"$script" start "$dir" --fast & second=$!
check "first of two starts at the same time" wait "$first"
check "second of two starts at the same time" wait "$second"
check "running" status_is "$dir" running
check "answers on its socket" answers "$dir"
check "the directory is private" [ "$(stat -c %a "$dir")" = 700 ]
pid=$(cat "$dir/mysqld.pid")
check "a further start keeps the process" "$script" start "$dir" --fast
check "the process is the same" [ "$(cat "$dir/mysqld.pid")" = "$pid" ]

kill -KILL "$pid"
while kill -0 "$pid" 2>/dev/null && ! grep -q '^State:\s*Z' "/proc/$pid/status"; do sleep 0.05; done
check "not running after a crash" status_is "$dir" stopped
# The pid file now names this shell: it must be left alone.
echo $$ >"$dir/mysqld.pid"
check "stop after a crash" "$script" stop "$dir"
check "start after a crash" "$script" start "$dir" --durable
check "answers after a crash" answers "$dir"
check "stop" "$script" stop "$dir"
check "stopped" status_is "$dir" stopped
check "stop twice" "$script" stop "$dir"

deep=$dir/$(printf 'd%.0s' {1..120})
check "start in a directory too deep for a socket" "$script" start "$deep" --fast
check "answers there" answers "$deep"
socket=$("$script" socket "$deep")
check "its socket is short" [ "${#socket}" -lt 108 ]
check "its socket is private" [ "$(stat -c %a "${socket%/*}")" = 700 ]
check "stop there" "$script" stop "$deep"
check "the short socket is gone" [ ! -e "${socket%/*}" ]

# Servers made and started at the same time leave each other's temporary tables alone.
starts=()
for i in 1 2 3 4; do
  "$script" start "$dir/beside$i" --fast >/dev/null 2>&1 &
  starts+=("$!")
done
for i in 1 2 3 4; do check "start $i of four at once" wait "${starts[i - 1]}"; done
for i in 1 2 3 4; do check "stop $i of them" "$script" stop "$dir/beside$i"; done

check "unknown command" refuses "$script" bogus "$dir"
check "unknown option" refuses "$script" start "$dir" --bogus
check "no directory" refuses "$script" start
missing=$(
  # shellcheck source=/dev/null
  . "$script"
  # shellcheck disable=SC2317  # called by mariadb_start
  mariadb_find() { return 1; }
  mariadb_start "$dir/empty" --fast 2>&1
)
check "a missing server is explained in Chinese" grep -q 找不到 <<<"$missing"
check "and in English" grep -q 'is missing; install it' <<<"$missing"

rm -rf "$dir"
[ "$failures" -eq 0 ]

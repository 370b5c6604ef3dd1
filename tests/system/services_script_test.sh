#!/usr/bin/env bash
# Tests deploy/lib/services.sh in a tree of its own with programs that only pretend. Usage: services_script_test.sh SCRIPT
set -u
script=$1
tree=$(mktemp -d)
cd "$tree" || exit 1
failures=0
mkdir -p build/dev/bin deploy/lib
PIDS=()
finish() {
  [ "${#PIDS[@]}" -eq 0 ] || kill "${PIDS[@]}" 2>/dev/null
  rm -rf "$tree"
}
trap finish EXIT

check() { # check WHAT COMMAND...: the command must succeed
  local what=$1
  shift
  if ! "$@"; then
    echo "FAILED: $what" >&2
    failures=$((failures + 1))
  fi
}
refuses() { ! ("$@") >/dev/null 2>&1; } # a subshell: what dies is not this test

cat >build/dev/bin/tuoyu <<'PROGRAM'
#!/usr/bin/env bash
[ "$1" = keys ] || exit 0
if [ "${4:-}" = --missing ]; then touch "$3/missing"; exit 0; fi
mkdir -p "$3"
: >"$3/token.key.pem"
[ ! -e interrupt ] || exit 1
echo ring >"$3/filing.keyring"
PROGRAM
for name in filing aggregator inspection complaint; do
  # shellcheck disable=SC2016  # for the program
  printf '#!/usr/bin/env bash\nexec -a "$0" sleep 1000\n' >"build/dev/bin/tuoyu-$name"
done
chmod +x build/dev/bin/*
# shellcheck source=deploy/lib/services.sh
. "$script"
unset TUOYU_{FILING,AGGREGATOR,INSPECTION,COMPLAINT}_{ADDRESS,METRICS}

touch interrupt
check "interrupted keys fail" refuses make_keys
check "and leave no folder that looks complete" [ ! -e var/keys ]
rm interrupt
check "keys are made the next time" make_keys
check "with a password for each service" [ -s var/keys/db-filing -a -s var/keys/db-aggregator ]
check "readable by the owner only" [ "$(stat -c %a var/keys/db-filing)" = 600 ]
password=$(cat var/keys/db-filing)
check "keys are made once" make_keys
check "key rings of new services are asked for" [ -e var/keys/missing ]
rm var/keys/db-aggregator
make_keys
check "the password of a new service is made" [ -s var/keys/db-aggregator ]
check "the password stays" [ "$(cat var/keys/db-filing)" = "$password" ]

# Whether a port is free is not the subject.
taken=none
port_free() { [ "$1" != "$taken" ]; }
pid_of() { cat "var/run/$1.pid"; }
start() { write_flags "$1" && start_service "$1" >/dev/null; }
check "the default address" [ "$(address_of filing)" = 127.0.0.1:7401 ]
check "the default metrics address" [ "$(metrics_of aggregator)" = 127.0.0.1:7502 ]
export TUOYU_FILING_ADDRESS=127.0.0.1:7411
check "a chosen address" [ "$(address_of filing)" = 127.0.0.1:7411 ]
start filing
PIDS+=("$(pid_of filing)")
unset TUOYU_FILING_ADDRESS
check "is kept by later runs" [ "$(address_of filing)" = 127.0.0.1:7411 ]
first=$(pid_of filing)
sleep 0.1 # until the program has taken its name
start filing
check "a service that runs as wanted is left alone" [ "$(pid_of filing)" = "$first" ]
taken=127.0.0.1:7411
check "its own port is not taken" check_ports filing
taken=127.0.0.1:7502
check "a port of someone else is" refuses check_ports aggregator
taken=none
export TUOYU_FILING_ADDRESS=127.0.0.1:7421
start filing
PIDS+=("$(pid_of filing)")
check "another address restarts it" [ "$(pid_of filing)" != "$first" ]
check "the first process is gone" refuses alive "$first"
check "the new flags are in use" grep -qx -- --listen=127.0.0.1:7421 var/run/filing.flags
stop_service filing
check "stopped" refuses running filing

# A child nobody collects: its parent has become a program that never waits.
bash -c 'sleep 0.05 & echo $! >zombie; exec sleep 1000' &
PIDS+=("$!")
for _ in $(seq 100); do
  grep -q '^State:\s*Z' "/proc/$(cat zombie 2>/dev/null)/status" 2>/dev/null && break
  sleep 0.05
done
check "a zombie has ended" refuses alive "$(cat zombie)"
check "this shell has not" alive $$

[ "$failures" -eq 0 ]

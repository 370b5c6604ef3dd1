# shellcheck shell=bash
# Functions of deploy/up and deploy/down. The working directory is the root of the tree.

SERVICES=(filing aggregator inspection complaint)
# Those that follow journals of others, each with a token of its own.
FOLLOWERS=(aggregator inspection complaint)
BIN=build/dev/bin

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
die() { printf '%s\n' "$@" >&2; exit 1; }
tuoyu() { deploy/tuoyu "$@"; }

# An address of service $1: what the environment variable $2 says, else what deploy/up last chose (option $3 of the
# service), else $4.
chosen() {
  local kept
  kept=$(sed -n "s/^--$3=//p" "var/run/$1.flags" 2>/dev/null) || true
  printf '%s\n' "${!2:-${kept:-$4}}"
}
declare -A PORTS=([filing]=7401 [aggregator]=7402 [inspection]=7403 [complaint]=7404)
address_of() { chosen "$1" "TUOYU_${1^^}_ADDRESS" listen "127.0.0.1:${PORTS[$1]}"; }
metrics_of() { chosen "$1" "TUOYU_${1^^}_METRICS" metrics_listen "127.0.0.1:$((PORTS[$1] + 100))"; }

# The database password of service $1 in folder $2, unless it is there.
make_password() {
  [ -s "$2/db-$1" ] || head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n' >"$2/db-$1"
}

# Private keys and passwords, made once, readable by the owner only. The folder gets its name when it is complete.
make_keys() {
  (
    umask 077
    mkdir -p var/run var/log
    if [ -d var/keys ]; then
      [ -s var/keys/filing.keyring ] || die "var/ 由旧版本建立：请运行 deploy/up --fresh（演练数据重建）" \
        "var/ was made by an older version: run deploy/up --fresh (rehearsal data is made anew)"
      # Of a service that came later.
      "$BIN/tuoyu" keys --dir var/keys --missing || exit 1
      for name in "${SERVICES[@]}"; do make_password "$name" var/keys || exit 1; done
      exit 0
    fi
    rm -rf var/keys.new
    "$BIN/tuoyu" keys --dir var/keys.new || exit 1
    for name in "${SERVICES[@]}"; do make_password "$name" var/keys.new || exit 1; done
    mv var/keys.new var/keys
  )
}

start_database() { deploy/lib/mariadb.sh start var/db --durable; }
stop_database() { [ ! -d var/db ] || deploy/lib/mariadb.sh stop var/db; }
socket() { cat var/db/socket 2>/dev/null || echo "$PWD/var/db/mysqld.sock"; }

# Flags of a service, in a file of mode 0600 because it holds a password. The service gets them when it starts.
write_flags() {
  local name=$1
  (
    umask 077
    {
      echo "--listen=$(address_of "$name")"
      echo "--metrics_listen=$(metrics_of "$name")"
      echo "--reflection=true"
      echo "--db_host=unix://$(socket)"
      echo "--db_user=tuoyu_$name"
      echo "--db_password=$(cat "var/keys/db-$name")"
      echo "--db_schema=tuoyu_$name"
      echo "--data=$PWD/deploy/data"
      echo "--token_keys=$PWD/var/keys/token.pub.pem"
      echo "--keyring=$PWD/var/keys/$name.keyring"
      if [ "$name" = filing ]; then
        echo "--signing_key=$PWD/var/keys/receipt.key.pem"
      else
        echo "--filing_address=$(address_of filing)"
        echo "--service_token_file=$PWD/var/keys/$name.token"
        # Inspections and complaints follow each other, the aggregator both.
        [ "$name" = complaint ] || echo "--complaint_address=$(address_of complaint)"
        [ "$name" = inspection ] || echo "--inspection_address=$(address_of inspection)"
        # The filing service signs proofs of attendance with its key of receipts.
        [ "$name" != complaint ] || echo "--attendance_keys=$PWD/var/keys/receipt.pub.pem"
      fi
    } >"var/run/$name.flags.new"
  )
}

# Schema, application user and tables of the services; harmless when run again.
migrate_all() {
  # Renewed at each start.
  for name in "${FOLLOWERS[@]}"; do
    (umask 077 && "$BIN/tuoyu" token --keys var/keys --subject "$name" --org TUOYU --role SERVICE --division 500111 \
      --hours 8760 >"var/keys/$name.token.new" && mv "var/keys/$name.token.new" "var/keys/$name.token")
  done
  for name in "${SERVICES[@]}"; do
    write_flags "$name"
    "$BIN/tuoyu-$name" --flagfile="var/run/$name.flags.new" --migrate --db_admin_user=root
  done
}

port_free() {
  local host=${1%:*} port=${1##*:}
  ! (exec 3<>"/dev/tcp/$host/$port") 2>/dev/null
}

# Whether process $1 is there and has not ended: where nobody collects it, it stays as a zombie.
alive() {
  local state
  state=$(sed -n 's/^State:\s*\(.\).*/\1/p' "/proc/$1/status" 2>/dev/null) && [ -n "$state" ] && [ "$state" != Z ]
}

running() {
  local pid
  pid=$(cat "var/run/$1.pid" 2>/dev/null) && alive "$pid" || return 1
  [ "$(tr '\0' '\n' <"/proc/$pid/cmdline" 2>/dev/null | head -n 1)" = "$PWD/$BIN/tuoyu-$1" ]
}

# Ends with an explanation when an address of service $1 is used by another program. Its own are in its flags.
check_ports() {
  local name=$1 used
  for used in "$(address_of "$name")" "$(metrics_of "$name")"; do
    if running "$name" && grep -qxE -- "--(metrics_)?listen=${used//./\\.}" "var/run/$name.flags"; then continue; fi
    port_free "$used" || die \
      "端口 $used 已被占用。请停止占用它的程序，或设置 TUOYU_${name^^}_ADDRESS / TUOYU_${name^^}_METRICS 换一个端口。" \
      "Port $used is in use. Stop what uses it, or set TUOYU_${name^^}_ADDRESS / TUOYU_${name^^}_METRICS to another."
  done
}

# Starts service $1; again when its program or its flags are others than those it runs with.
start_service() {
  local name=$1
  if running "$name" && ! [ "$BIN/tuoyu-$name" -nt "var/run/$name.pid" ] &&
    cmp -s "var/run/$name.flags" "var/run/$name.flags.new"; then
    echo "tuoyu-$name 已在运行 / is running ($(address_of "$name"))"
    return
  fi
  stop_service "$name"
  check_ports "$name"
  mv "var/run/$name.flags.new" "var/run/$name.flags"
  nohup "$PWD/$BIN/tuoyu-$name" --flagfile="var/run/$name.flags" >>"var/log/$name.log" 2>&1 </dev/null &
  echo $! >"var/run/$name.pid"
  echo "tuoyu-$name $(address_of "$name")"
}

stop_service() {
  local name=$1 pid
  running "$name" || { rm -f "var/run/$name.pid"; return 0; }
  pid=$(cat "var/run/$name.pid")
  kill -TERM "$pid"
  for _ in $(seq 150); do
    alive "$pid" || { rm -f "var/run/$name.pid"; return 0; }
    sleep 0.1
  done
  echo "tuoyu-$name 未在 15 秒内停止，强制结束 / did not stop in 15 s, killing it" >&2
  kill -KILL "$pid"
  rm -f "var/run/$name.pid"
}

wait_serving() {
  for _ in $(seq 100); do
    if tuoyu health >/dev/null 2>&1; then return 0; fi
    for name in "${SERVICES[@]}"; do
      running "$name" || die "tuoyu-$name 没有起来，日志 / did not come up, log: var/log/$name.log" "$(tail -n 5 "var/log/$name.log")"
    done
    sleep 0.1
  done
  die "服务在 10 秒内没有就绪，日志在 var/log/ / the services were not ready in 10 s, logs are in var/log/"
}

# shellcheck shell=bash
# Functions of deploy/up and deploy/down. The working directory is the root of the tree.

FILING_ADDRESS=${TUOYU_FILING_ADDRESS:-127.0.0.1:7401}
AGGREGATOR_ADDRESS=${TUOYU_AGGREGATOR_ADDRESS:-127.0.0.1:7402}
FILING_METRICS=${TUOYU_FILING_METRICS:-127.0.0.1:7501}
AGGREGATOR_METRICS=${TUOYU_AGGREGATOR_METRICS:-127.0.0.1:7502}
BIN=build/dev/bin

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
die() { printf '%s\n' "$@" >&2; exit 1; }
tuoyu() { deploy/tuoyu "$@"; }

# Private keys and passwords, made once, readable by the owner only.
make_keys() {
  (
    umask 077
    mkdir -p var/keys var/run var/log
    [ -e var/keys/token.key.pem ] || "$BIN/tuoyu" keys --dir var/keys
    for name in filing aggregator; do
      [ -e "var/keys/db-$name" ] || head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n' >"var/keys/db-$name"
    done
  )
}

start_database() { deploy/lib/mariadb.sh start var/db --durable; }
stop_database() { [ ! -d var/db ] || deploy/lib/mariadb.sh stop var/db; }
socket() { cat var/db/socket 2>/dev/null || echo "$PWD/var/db/mysqld.sock"; }

# Flags of a service, in a file of mode 0600 because it holds a password.
write_flags() {
  local name=$1 address=$2 metrics=$3
  (
    umask 077
    {
      echo "--listen=$address"
      echo "--metrics_listen=$metrics"
      echo "--reflection=true"
      echo "--db_host=unix://$(socket)"
      echo "--db_user=tuoyu_$name"
      echo "--db_password=$(cat "var/keys/db-$name")"
      echo "--db_schema=tuoyu_$name"
      echo "--data=$PWD/deploy/data"
      echo "--token_keys=$PWD/var/keys/token.pub.pem"
      echo "--keyring=$PWD/var/keys/keyring.json"
      if [ "$name" = filing ]; then
        echo "--signing_key=$PWD/var/keys/receipt.key.pem"
      else
        echo "--filing_address=$FILING_ADDRESS"
        echo "--service_token_file=$PWD/var/keys/aggregator.token"
      fi
    } >"var/run/$name.flags"
  )
}

# Schema, application user and tables of both services; harmless when run again.
migrate_all() {
  write_flags filing "$FILING_ADDRESS" "$FILING_METRICS"
  write_flags aggregator "$AGGREGATOR_ADDRESS" "$AGGREGATOR_METRICS"
  # The aggregator reads the filing journal with a token of its own, renewed at each start.
  (umask 077 && "$BIN/tuoyu" token --keys var/keys --subject aggregator --org TUOYU --role SERVICE --division 500111 \
    --hours 8760 >var/keys/aggregator.token)
  for name in filing aggregator; do
    "$BIN/tuoyu-$name" --flagfile="var/run/$name.flags" --migrate --db_admin_user=root
  done
}

port_free() {
  local host=${1%:*} port=${1##*:}
  ! (exec 3<>"/dev/tcp/$host/$port") 2>/dev/null
}

running() {
  local pid
  pid=$(cat "var/run/$1.pid" 2>/dev/null) || return 1
  [ "$(tr '\0' '\n' <"/proc/$pid/cmdline" 2>/dev/null | head -n 1)" = "$PWD/$BIN/tuoyu-$1" ]
}

start_service() {
  local name=$1 address=$FILING_ADDRESS metrics=$FILING_METRICS
  [ "$name" = filing ] || { address=$AGGREGATOR_ADDRESS metrics=$AGGREGATOR_METRICS; }
  if running "$name"; then
    if [ "$BIN/tuoyu-$name" -nt "var/run/$name.pid" ]; then
      stop_service "$name"
    else
      echo "tuoyu-$name 已在运行 / is running ($address)"
      return
    fi
  fi
  for used in "$address" "$metrics"; do
    port_free "$used" || die \
      "端口 $used 已被占用。请停止占用它的程序，或设置 TUOYU_${name^^}_ADDRESS / TUOYU_${name^^}_METRICS 换一个端口。" \
      "Port $used is in use. Stop what uses it, or set TUOYU_${name^^}_ADDRESS / TUOYU_${name^^}_METRICS to another."
  done
  nohup "$PWD/$BIN/tuoyu-$name" --flagfile="var/run/$name.flags" >>"var/log/$name.log" 2>&1 </dev/null &
  echo $! >"var/run/$name.pid"
  echo "tuoyu-$name $address"
}

stop_service() {
  local name=$1 pid
  running "$name" || { rm -f "var/run/$name.pid"; return 0; }
  pid=$(cat "var/run/$name.pid")
  kill -TERM "$pid"
  for _ in $(seq 150); do
    kill -0 "$pid" 2>/dev/null || { rm -f "var/run/$name.pid"; return 0; }
    sleep 0.1
  done
  echo "tuoyu-$name 未在 15 秒内停止，强制结束 / did not stop in 15 s, killing it" >&2
  kill -KILL "$pid"
  rm -f "var/run/$name.pid"
}

wait_serving() {
  for _ in $(seq 100); do
    if tuoyu health >/dev/null 2>&1; then return 0; fi
    for name in filing aggregator; do
      running "$name" || die "tuoyu-$name 没有起来，日志 / did not come up, log: var/log/$name.log" "$(tail -n 5 "var/log/$name.log")"
    done
    sleep 0.1
  done
  die "服务在 10 秒内没有就绪，日志在 var/log/ / the services were not ready in 10 s, logs are in var/log/"
}

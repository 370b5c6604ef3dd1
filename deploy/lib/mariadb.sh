#!/usr/bin/env bash
# A private MariaDB (私有数据库): its own data directory, socket and pid file; no TCP, no file under /etc.
#
#   mariadb.sh start  DIR [--durable|--fast]   make DIR on first use, start the server, wait until it answers
#   mariadb.sh stop   DIR                      stop the server of DIR and wait until it is gone
#   mariadb.sh status DIR                      exit 0: runs, 3: does not
#   mariadb.sh socket DIR                      print the path of the socket
#
# --durable (default): every commit reaches the disk; for data that is kept.
# --fast: no commit waits for the disk; for tests.
# The administrator is root@localhost without password, reachable through the socket only: DIR has
# mode 0700. May be sourced for its functions: mariadb_start DIR MODE, mariadb_stop DIR,
# mariadb_status DIR, mariadb_socket DIR.

# The longest path a Unix socket may have on Linux, without its final zero byte.
MARIADB_SOCKET_MAX=107
MARIADB_START_SECONDS=60
MARIADB_STOP_SECONDS=60

mariadb_error() {
  printf '错误：%s\nerror: %s\n' "$1" "$2" >&2
}

# The program $1, also where only root has it on the path.
mariadb_find() {
  local found
  found=$(PATH="$PATH:/usr/sbin:/usr/local/sbin:/sbin" command -v "$1" 2>/dev/null) || return 1
  printf '%s\n' "$found"
}

# The socket of the server of $1; a short path elsewhere when $1 is too deep for a socket.
mariadb_socket() {
  local dir=$1
  if [ -s "$dir/socket" ]; then
    cat "$dir/socket"
    return
  fi
  local socket="$dir/mysqld.sock"
  if [ "$(printf %s "$socket" | wc -c)" -gt "$MARIADB_SOCKET_MAX" ]; then
    local hash
    hash=$(printf %s "$dir" | sha256sum | cut -c 1-16)
    # Not XDG_RUNTIME_DIR: it goes when the user logs out.
    socket="/tmp/tuoyu-$(id -u)-$hash/mysqld.sock"
  fi
  printf '%s\n' "$socket"
}

# The process of the server of $1; fails when there is none. The pid file alone proves nothing:
# after a crash its number may belong to another process, so the command line must name this data
# directory.
mariadb_pid() {
  local dir=$1 pid
  pid=$(cat "$dir/mysqld.pid" 2>/dev/null) || return 1
  [[ $pid =~ ^[0-9]+$ ]] || return 1
  tr '\0' '\n' <"/proc/$pid/cmdline" 2>/dev/null | grep -qxF -- "--datadir=$dir/data" || return 1
  printf '%s\n' "$pid"
}

mariadb_answers() {
  local client
  client=$(mariadb_find mariadb-admin) || client=$(mariadb_find mysqladmin) || return 1
  "$client" --no-defaults --socket="$(mariadb_socket "$1")" --user=root --connect-timeout=2 \
    --silent ping >/dev/null 2>&1
}

mariadb_status() {
  local dir
  dir=$(readlink -m -- "$1")
  mariadb_pid "$dir" >/dev/null && mariadb_answers "$dir"
}

# Creates the system tables in $1/data, in a directory that gets its name only when complete.
mariadb_install() {
  local dir=$1 install
  [ -d "$dir/data/mysql" ] && return 0
  install=$(mariadb_find mariadb-install-db) || {
    mariadb_error "找不到 mariadb-install-db，请先安装：apt-get install mariadb-server-core" \
      "mariadb-install-db is missing; install it: apt-get install mariadb-server-core"
    return 1
  }
  rm -rf "$dir/data.new"
  if ! TMPDIR="$dir/tmp" "$install" --no-defaults --datadir="$dir/data.new" --user="$(id -un)" \
    --auth-root-authentication-method=normal --skip-test-db --skip-name-resolve \
    >"$dir/install.log" 2>&1; then
    mariadb_error "建立数据目录失败，详见 $dir/install.log" \
      "creating the data directory failed, see $dir/install.log"
    tail -n 5 "$dir/install.log" >&2
    return 1
  fi
  mv "$dir/data.new" "$dir/data"
}

# Prints the options of mode $1, one a line. Durable is sized for a computer of 24 GiB and 2 cores
# that is shared with the services.
mariadb_options() {
  if [ "$1" = --fast ]; then
    printf '%s\n' --innodb-flush-log-at-trx-commit=0 --innodb-doublewrite=0 \
      --innodb-flush-method=nosync --innodb-buffer-pool-size=128M --innodb-log-file-size=64M \
      --innodb-file-per-table=0 --sync-frm=0 --debug-no-sync --max-connections=300
  else
    printf '%s\n' --innodb-flush-log-at-trx-commit=1 --innodb-doublewrite=1 \
      --innodb-buffer-pool-size=2G --innodb-log-file-size=512M --max-connections=200
  fi
}

# Starts the server process of $1 in mode $2, detached from this shell and its files.
mariadb_launch() {
  local dir=$1 mode=$2 server socket
  server=$(mariadb_find mariadbd) || server=$(mariadb_find mysqld) || {
    mariadb_error "找不到 mariadbd，请先安装：apt-get install mariadb-server-core" \
      "mariadbd is missing; install it: apt-get install mariadb-server-core"
    return 1
  }
  rm -f "$dir/socket"
  socket=$(mariadb_socket "$dir")
  # Whoever reaches the socket is the administrator: its directory belongs to this user alone.
  if [ "${socket%/*}" != "$dir" ]; then
    mkdir -p "${socket%/*}"
    if [ ! -O "${socket%/*}" ] || [ -L "${socket%/*}" ]; then
      mariadb_error "目录 ${socket%/*} 属于他人" "directory ${socket%/*} belongs to someone else"
      return 1
    fi
    chmod 700 "${socket%/*}"
  fi
  printf '%s\n' "$socket" >"$dir/socket"
  rm -f "$socket" "$dir/mysqld.pid"
  local options
  mapfile -t options < <(mariadb_options "$mode")
  setsid "$server" --no-defaults --datadir="$dir/data" --tmpdir="$dir/tmp" --socket="$socket" \
    --pid-file="$dir/mysqld.pid" --log-error="$dir/mysqld.log" --user="$(id -un)" \
    --skip-networking --skip-name-resolve --skip-log-bin --skip-slave-start \
    --character-set-server=utf8mb4 --collation-server=utf8mb4_general_ci \
    --default-time-zone=+00:00 --max-allowed-packet=64M --max-prepared-stmt-count=65528 \
    --performance-schema=0 "${options[@]}" </dev/null >>"$dir/mysqld.log" 2>&1 9>&- &
  printf '%s\n' "$!" >"$dir/launched.pid"
}

mariadb_wait_ready() {
  local dir=$1 deadline=$((SECONDS + MARIADB_START_SECONDS)) launched
  launched=$(cat "$dir/launched.pid")
  until mariadb_answers "$dir" && mariadb_pid "$dir" >/dev/null; do
    if ! kill -0 "$launched" 2>/dev/null && ! mariadb_pid "$dir" >/dev/null; then
      mariadb_error "数据库进程已退出，详见 $dir/mysqld.log" \
        "the database server ended, see $dir/mysqld.log"
      grep -i error "$dir/mysqld.log" | tail -n 5 >&2
      return 1
    fi
    if [ "$SECONDS" -ge "$deadline" ]; then
      mariadb_error "数据库在 $MARIADB_START_SECONDS 秒内未就绪，详见 $dir/mysqld.log" \
        "the database was not ready within $MARIADB_START_SECONDS s, see $dir/mysqld.log"
      return 1
    fi
    sleep 0.05
  done
}

mariadb_start() {
  local dir mode=${2:---durable}
  dir=$(readlink -m -- "$1")
  case $mode in
    --durable | --fast) ;;
    *)
      mariadb_error "未知选项 $mode" "unknown option $mode"
      return 2
      ;;
  esac
  # A server that starts deletes the temporary tables it finds where its own would be: each has a folder for them.
  if ! mkdir -p "$dir/tmp" || ! chmod 700 "$dir"; then
    mariadb_error "无法建立目录 $dir" "can't create directory $dir"
    return 1
  fi
  (
    # Two starts at the same time: the second finds the server running.
    flock 9
    if mariadb_status "$dir"; then exit 0; fi
    if mariadb_pid "$dir" >/dev/null; then
      mariadb_pid "$dir" >"$dir/launched.pid"
    else
      mariadb_install "$dir" && mariadb_launch "$dir" "$mode" || exit 1
    fi
    mariadb_wait_ready "$dir"
  ) 9>"$dir/lock"
}

mariadb_stop() {
  local dir pid deadline
  dir=$(readlink -m -- "$1")
  pid=$(mariadb_pid "$dir") || return 0
  kill -TERM "$pid" 2>/dev/null || return 0
  deadline=$((SECONDS + MARIADB_STOP_SECONDS))
  while mariadb_pid "$dir" >/dev/null || kill -0 "$pid" 2>/dev/null; do
    # A process that has ended but was not collected by its parent yet is gone for us.
    if grep -q '^State:\s*Z' "/proc/$pid/status" 2>/dev/null; then break; fi
    if [ "$SECONDS" -ge "$deadline" ]; then
      mariadb_error "数据库（进程 $pid）在 $MARIADB_STOP_SECONDS 秒内未停止" \
        "the database (process $pid) did not stop within $MARIADB_STOP_SECONDS s"
      return 1
    fi
    sleep 0.05
  done
  local socket
  socket=$(mariadb_socket "$dir")
  rm -f "$socket" "$dir/socket" "$dir/mysqld.pid" "$dir/launched.pid"
  if [ "${socket%/*}" != "$dir" ]; then rmdir "${socket%/*}" 2>/dev/null || true; fi
}

mariadb_main() {
  if [ $# -lt 2 ] || [ $# -gt 3 ]; then
    mariadb_error "用法：mariadb.sh start|stop|status|socket 目录 [--durable|--fast]" \
      "usage: mariadb.sh start|stop|status|socket DIR [--durable|--fast]"
    return 2
  fi
  case $1 in
    start) mariadb_start "$2" "${3:---durable}" ;;
    stop) mariadb_stop "$2" ;;
    status) if mariadb_status "$2"; then echo running; else
      echo stopped
      return 3
    fi ;;
    socket) mariadb_socket "$(readlink -m -- "$2")" ;;
    *)
      mariadb_error "未知命令 $1" "unknown command $1"
      return 2
      ;;
  esac
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
  set -u
  mariadb_main "$@"
fi

# PostgreSQL and RabbitMQ of our own: on loopback, free ports, in a throwaway folder. Sourced, never run; needs packages.sh.
# The caller traps EXIT with stop_servers. Works as root and as anybody else.
# Whoever ends one of them on purpose starts it again, as it was, by $TEST_SERVERS/start-postgres or start-rabbitmq.

# Makes the folder. Everything below it goes when the servers stop.
prepare_servers() {
    SERVERS=$(mktemp -d "${TMPDIR:-/tmp}/recruitment-servers.XXXXXX")
    chmod 711 "$SERVERS"
    export TEST_SERVERS=$SERVERS
    AS_POSTGRES=()
    # PostgreSQL refuses to run as root.
    [ "$(id -u)" != 0 ] || AS_POSTGRES=(setpriv --reuid=postgres --regid=postgres --init-groups)
}

# start_postgres [durable]: sets TEST_POSTGRES. No durability, for what it holds is thrown away; unless a test kills it and looks what is left.
# Then it has, where the machine lets us mount one, a small disk of its own, which such a test can fill.
start_postgres() {
    local folder=$SERVERS/postgres port bin durability='-c fsync=off -c synchronous_commit=off -c full_page_writes=off'
    port=$(free_port)
    bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
    install -d -m 700 "$folder"
    if [ "${1:-}" = durable ]; then
        durability='-c fsync=on -c synchronous_commit=on -c full_page_writes=on -c max_wal_size=200MB'
        mount -t tmpfs -o size=1500m,mode=700 tmpfs "$folder" 2>/dev/null || true
    fi
    [ "$(id -u)" != 0 ] || chown postgres:postgres "$folder"
    POSTGRES_CTL=("${AS_POSTGRES[@]}" env HOME="$folder" LANG=C.UTF-8 "$bin/pg_ctl" -D "$folder/data")
    (
        cd "$folder"
        "${AS_POSTGRES[@]}" env HOME="$folder" LANG=C.UTF-8 "$bin/initdb" -D "$folder/data" -U app --auth=trust -E UTF8 --locale=C.UTF-8 --no-sync >initdb.log 2>&1
        # The administrator comes in as he is; whoever a service is has to show its password.
        printf 'local all app trust\nhost all app 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n' | "${AS_POSTGRES[@]}" tee "$folder/data/pg_hba.conf" >/dev/null
        # </dev/null and a log of its own: the server must not keep the caller's pipes open.
        start_script postgres "$folder" "${POSTGRES_CTL[@]}" -w -l "$folder/server.log" -o "-p $port -h 127.0.0.1 -k $folder $durability -c max_connections=1000 -c autovacuum=off" start
        "$SERVERS/start-postgres"
    ) || { echo "PostgreSQL did not start:" >&2; tail -n 20 "$folder"/*.log >&2; return 1; }
    # Each test host has databases of its own: connections that its pools kept for minutes after it would be all that the server has.
    export TEST_POSTGRES="Host=127.0.0.1;Port=$port;Username=app;Connection Idle Lifetime=10;Connection Pruning Interval=5"
}

# start_script NAME FOLDER COMMAND...: makes start-NAME, which becomes that command; its process number lands in the file NAME.
start_script() {
    local script=$SERVERS/start-$1
    {
        echo '#!/bin/bash'
        printf 'cd %q && echo $$ >%q && exec' "$2" "$SERVERS/$1.pid"
        printf ' %q' "${@:3}"
        printf ' >>%q 2>&1 </dev/null\n' "$2/out.log"
    } >"$script"
    chmod 755 "$script"
}

# Sets TEST_RABBITMQ and TEST_RABBITMQ_MANAGEMENT.
start_rabbitmq() {
    local folder=$SERVERS/rabbitmq port i
    port=$(free_port 4)
    RABBIT_EPMD=$((port + 2))
    mkdir -p "$folder"
    echo '[rabbitmq_management].' >"$folder/enabled_plugins"
    cat >"$folder/rabbitmq.conf" <<CONF
listeners.tcp.1 = 127.0.0.1:$port
management.tcp.ip = 127.0.0.1
management.tcp.port = $((port + 3))
management_agent.disable_metrics_collector = true
disk_free_limit.absolute = 50MB
vm_memory_high_watermark.relative = 0.6
CONF
    RABBIT_ENV=(
        env HOME="$folder" ERL_EPMD_ADDRESS=127.0.0.1 ERL_EPMD_PORT=$RABBIT_EPMD
        RABBITMQ_NODENAME="rmq$port@localhost" RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 RABBITMQ_NODE_PORT="$port" RABBITMQ_DIST_PORT=$((port + 1))
        RABBITMQ_BASE="$folder" RABBITMQ_MNESIA_BASE="$folder/mnesia" RABBITMQ_LOG_BASE="$folder/log" RABBITMQ_PID_FILE="$folder/pid"
        RABBITMQ_CONF_ENV_FILE=/dev/null RABBITMQ_CONFIG_FILE="$folder/rabbitmq" RABBITMQ_ADVANCED_CONFIG_FILE="$folder/advanced"
        RABBITMQ_ENABLED_PLUGINS_FILE="$folder/enabled_plugins" RABBITMQ_GENERATED_CONFIG_DIR="$folder/gen"
        RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1} +S 2:2 +sbwt none +sbwtdcpu none +sbwtdio none"
    )
    # Debian's wrapper in /usr/sbin changes user and folders; this one does as it is told.
    start_script rabbitmq "$folder" "${RABBIT_ENV[@]}" setsid /usr/lib/rabbitmq/bin/rabbitmq-server
    # For whoever tells the running broker something: its disk is as good as full when more must stay free than it has.
    { printf '#!/bin/bash\nexec'; printf ' %q' "${RABBIT_ENV[@]}" /usr/lib/rabbitmq/bin/rabbitmqctl; printf ' "$@"\n'; } >"$SERVERS/rabbitmqctl"
    chmod 755 "$SERVERS/rabbitmqctl"
    "$SERVERS/start-rabbitmq" &
    RABBIT_PID=$!
    disown
    for ((i = 0; i < 600; i++)); do
        # The management listener is the last to open.
        port_taken $((port + 3)) && break
        kill -0 "$RABBIT_PID" 2>/dev/null || i=600
        sleep 0.1
    done
    if ! port_taken $((port + 3)); then
        echo "RabbitMQ did not start:" >&2
        tail -n 20 "$folder/out.log" >&2
        return 1
    fi
    export TEST_RABBITMQ="amqp://guest:guest@127.0.0.1:$port" TEST_RABBITMQ_MANAGEMENT="http://127.0.0.1:$((port + 3))/"
}

# Stops what was started, in any state of it, and removes the folder.
stop_servers() {
    [ -n "${SERVERS:-}" ] || return 0
    local i
    if [ -n "${POSTGRES_CTL:-}" ]; then (cd / && "${POSTGRES_CTL[@]}" -m immediate stop >/dev/null 2>&1) || true; fi
    if [ -n "${RABBIT_PID:-}" ]; then
        RABBIT_PID=$(cat "$SERVERS/rabbitmq.pid" 2>/dev/null || echo "$RABBIT_PID")
        kill -TERM -- "-$RABBIT_PID" 2>/dev/null || true
        for ((i = 0; i < 100; i++)); do kill -0 "$RABBIT_PID" 2>/dev/null || break; sleep 0.1; done
        kill -KILL -- "-$RABBIT_PID" 2>/dev/null || true
        # Its name server outlives it and refuses to go before it.
        for ((i = 0; i < 20; i++)); do ERL_EPMD_PORT=$RABBIT_EPMD epmd -port "$RABBIT_EPMD" -kill >/dev/null 2>&1 && break; sleep 0.1; done
    fi
    ! mountpoint -q "$SERVERS/postgres" || umount --lazy "$SERVERS/postgres"
    rm -rf "$SERVERS"
    SERVERS=
}

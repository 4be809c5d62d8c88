# Debian packages, ports and plain HTTP for run, check and bench. Sourced, never run.

# Names the packages among "$@" that are not installed.
missing_packages() {
    local package
    for package in "$@"; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || echo "$package"
    done
}

# Installs packages from the machine's own Debian sources; services among them stay stopped. Fails quietly: the caller says what it means.
install_packages() {
    local as=() policy=/usr/sbin/policy-rc.d made= log result=0
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null || return 1
        as=(sudo)
        [ -t 0 ] || as=(sudo -n)
    fi
    log=$(mktemp)
    # 101 means "not allowed": Debian then leaves a freshly installed server stopped.
    if [ ! -e $policy ]; then
        printf '#!/bin/sh\nexit 101\n' | "${as[@]}" tee $policy >/dev/null && "${as[@]}" chmod 755 $policy && made=yes
    fi
    local apt=("${as[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dpkg::Use-Pty=0)
    if ! "${apt[@]}" install --no-install-recommends "$@" </dev/null >"$log" 2>&1; then
        # The lists may be old or absent; only then is the network asked for new ones.
        "${apt[@]}" update </dev/null >>"$log" 2>&1
        "${apt[@]}" install --no-install-recommends "$@" </dev/null >>"$log" 2>&1 || { result=1; tail -n 5 "$log" >&2; }
    fi
    [ -z "$made" ] || "${as[@]}" rm -f $policy
    rm -f "$log"
    return $result
}

# Says in one sentence that the SDK is missing, or nothing.
require_sdk() {
    export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
    local said
    if ! command -v dotnet >/dev/null; then
        echo "The .NET 10 SDK is missing: install it (dotnet --version must answer 10) and start again." >&2
        return 1
    fi
    if ! said=$(dotnet --version 2>&1); then
        echo "The .NET 10 SDK does not start (dotnet --version must answer 10): $said" >&2
        return 1
    fi
}

# Whether something on this machine listens there.
port_taken() {
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null || (exec 3<>"/dev/tcp/::1/$1") 2>/dev/null
}

# The first of $1 neighbouring free ports (default 1), below the range the system hands out itself.
free_port() {
    local port i taken
    while :; do
        port=$((20000 + RANDOM % 10000)) taken=
        for ((i = 0; i < ${1:-1}; i++)); do
            if port_taken $((port + i)); then taken=yes; break; fi
        done
        [ -n "$taken" ] || { echo "$port"; return; }
    done
}

# http_get PORT PATH: status, headers and body, without a client that a small machine may lack.
http_get() {
    (
        exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
        printf 'GET %s HTTP/1.0\r\nHost: %s\r\n\r\n' "$2" "${3:-localhost:$1}" >&3
        timeout 20 cat <&3
    ) 2>/dev/null
}

# Whether PORT answers PATH with 200.
answers() {
    [[ $(http_get "$1" "$2" | head -n 1) == *' 200 '* ]]
}

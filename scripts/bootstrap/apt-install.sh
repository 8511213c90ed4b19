#!/bin/sh
# Installs packages as root: apt-install.sh POLICY PACKAGE…
# POLICY is /usr/sbin/policy-rc.d. While it exists, packages run it before they start a service (Debian Policy
# 9.3.3.1). Ours blocks only Redis: the project starts its own, and an unwanted second one must not run.
set -eu
policy=$1
shift
export DEBIAN_FRONTEND=noninteractive
marker='auto-video set-up'

installed() { dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null | grep -qx installed; }

brings_redis=no
for package in "$@"; do
  if [ "$package" = redis-server ] && ! installed redis-server; then brings_redis=yes; fi
done

# A killed run can leave one of ours; a foreign one is not touched.
if [ -e "$policy" ] && grep -q "$marker" "$policy"; then rm -f "$policy"; fi
if [ "$brings_redis" = yes ] && [ ! -e "$policy" ]; then
  trap 'rm -f "$policy"' EXIT
  trap 'exit 130' INT TERM HUP
  {
    echo '#!/bin/sh'
    echo "# $marker, only while it installs: no Redis is started."
    echo 'case " $* " in *" redis-server"*) exit 101 ;; esac'
    echo 'exit 0'
  } >"$policy"
  chmod 755 "$policy"
fi

apt-get -o DPkg::Lock::Timeout=300 -q update
apt-get -o DPkg::Lock::Timeout=300 -q -y --no-install-recommends install "$@"

# If a foreign policy allowed the start, stop Redis, also for the next boot. Only if this run has installed it.
if [ "$brings_redis" = yes ]; then
  if [ -d /run/systemd/system ]; then
    systemctl disable --now redis-server.service || echo 'redis-server.service could not be switched off' >&2
  else
    if command -v systemctl >/dev/null; then systemctl disable redis-server.service || true; fi
    if command -v update-rc.d >/dev/null; then update-rc.d redis-server disable || true; fi
    if command -v service >/dev/null; then service redis-server stop || true; fi
  fi
fi

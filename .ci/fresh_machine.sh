#!/bin/bash
# The promise to a stranger, tried: in a Debian that has nothing but this machine's Node and npm, a clean clone is installed, tested and started.
# Needs root and debootstrap (apt-get install debootstrap); takes minutes, so `.ci/run` leaves it out. FRESH_MACHINE names the folder to build it in.
set -euo pipefail

project=$(cd "$(dirname "$0")/.." && pwd)
machine=${FRESH_MACHINE:-$(mktemp -d)/machine}
node=$(PATH=${PATH//$project\/node_modules\/.bin:/} command -v node)
npm=$(dirname "$(dirname "$(readlink -f "$(PATH=${PATH//$project\/node_modules\/.bin:/} command -v npm)")")")

[ -e "$machine/etc/os-release" ] || debootstrap --variant=minbase bookworm "$machine" >/dev/null
install -D "$node" "$machine/usr/bin/node"
mkdir -p "$machine/usr/lib/node_modules" "$machine/etc/ssl/certs"
cp -r "$npm" "$machine/usr/lib/node_modules/"
ln -sf ../lib/node_modules/npm/bin/npm-cli.js "$machine/usr/bin/npm"
cp /etc/resolv.conf /etc/hosts "$machine/etc/"
[ ! -f /etc/ssl/certs/ca-certificates.crt ] || cp /etc/ssl/certs/ca-certificates.crt "$machine/etc/ssl/certs/"
[ ! -f ~/.npmrc ] || cp ~/.npmrc "$machine/root/"

mount -t proc proc "$machine/proc"
mount --rbind /dev "$machine/dev"
mount --make-rslave "$machine/dev"
trap 'umount -R "$machine/dev"; umount "$machine/proc"' EXIT

rm -rf "$machine/root/gatehouse"
git clone --quiet "$project" "$machine/root/gatehouse"
chroot "$machine" /usr/bin/env -i HOME=/root PATH=/usr/bin:/bin LANG=C.UTF-8 NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt \
  bash -euc 'cd ~/gatehouse; node --version; npm --version; npm install; npm test; node .ci/check_start.mjs'

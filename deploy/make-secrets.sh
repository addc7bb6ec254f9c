#!/bin/sh
# Makes the secrets of the composed installation in deploy/secrets, once: what is there is left as it is.
set -eu

folder=$(dirname "$0")/secrets
umask 077
mkdir -p "$folder"

password() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }
make() { [ -e "$folder/$1" ] || printf '%s' "$2" > "$folder/$1"; }

make owner_password "$(password)"
make service_password "$(password)"
make owner_url "postgres://thidua_owner:$(cat "$folder/owner_password")@database/thidua"
make service_url "postgres://thidua_service:$(cat "$folder/service_password")@database/thidua"

# The containers read them as users of their own; who may not enter the folder cannot either way.
chmod 0644 "$folder"/*
chmod 0711 "$folder"

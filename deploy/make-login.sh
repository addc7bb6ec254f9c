#!/bin/sh
# Run by the image of PostgreSQL when it makes the database: the service's own login, which owns nothing and is only a
# member of the role that the migrations give rights to.
set -eu

psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
    --set password="$(cat /run/secrets/service_password)" <<'SQL'
CREATE ROLE thidua_app NOLOGIN;
CREATE ROLE thidua_service LOGIN PASSWORD :'password';
GRANT thidua_app TO thidua_service;
SQL

#!/usr/bin/env bash
# Checks Flambeau on this machine's GPU with what lies beside this script, and measures it against the PyTorch that
# python3 has, if it has one:  ./check [--device cuda:0] [--out result.json] ...; ./check --help lists the options.
set -u
script=${BASH_SOURCE[0]}
case $script in
  */*) here=$(cd "${script%/*}" && pwd) ;;
  *) here=$PWD ;;
esac
java=$here/runtime/bin/java

# Whatever carried the folder may have dropped the permissions.
for program in "$java" "$here/runtime/lib/jspawnhelper"; do
  [ -x "$program" ] || chmod +x "$program" || {
    echo "check: $program cannot be made executable; copy the folder to where it can" >&2
    exit 1
  }
done

# A Python with PyTorch brings NVIDIA's libraries, which are looked for below VIRTUAL_ENV.
python=$(command -v python3 || true)
if [ -n "$python" ] && [ -z "${VIRTUAL_ENV:-}" ]; then
  VIRTUAL_ENV=$("$python" -c 'import sys; print(sys.prefix)') && export VIRTUAL_ENV
fi

path=
for jar in "$here"/lib/*.jar; do
  path=$path:$jar
done
case ${1:-} in
  --help) set -- help gpu-check ;;
  *)
    [ ! -f "$here/golden.zip" ] || set -- --golden "$here/golden.zip" "$@"
    set -- gpu-check "$@"
    ;;
esac
exec "$java" --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED -XX:+UseParallelGC -Xmn32m \
  ${FLAMBEAU_JVM_OPTS:-} -cp "${path#:}" io.flambeau.cli.Main "$@"

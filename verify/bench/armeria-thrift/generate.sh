#!/usr/bin/env bash
# Writes the classes that Apache's compiler makes of a Thrift file: generate.sh FILE PACKAGE OUT_DIR
#
# They go to PACKAGE: in that which the file names are Windhover's.
set -euo pipefail

mkdir -p "$3/java"
sed "s/^namespace java .*/namespace java $2/" "$1" >"$3/$(basename "$1")"
thrift --gen java:generated_annotations=suppress -out "$3/java" "$3/$(basename "$1")"

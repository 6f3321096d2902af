#!/usr/bin/env bash
# Builds OUT_DIR/contestants: the Go contestants of the bench, with the code made from the IDL.
#
#     build.sh OUT_DIR IDL_DIR PROTO_DIR [PROTOC]
#
# IDL_DIR has bench.thrift and streams.thrift, PROTO_DIR bench.proto. PROTOC is the compiler of Protobuf; without it,
# the one on the PATH. The generators are modules pinned in go.mod.
set -euo pipefail

fail() {
  echo "$*" >&2
  exit 1
}

(($# == 3 || $# == 4)) || fail "usage: build.sh OUT_DIR IDL_DIR PROTO_DIR [PROTOC]"
mkdir -p "$1"
out=$(realpath "$1")
thrift=$(realpath "$2")
proto=$(realpath "$3/bench.proto")
protoc=$(command -v "${4:-protoc}") || fail "no protoc: ${4:-protoc} (expected: a path, or on the PATH)"
protoc=$(realpath "$protoc")

command -v go >/dev/null || PATH=$PATH:/usr/local/go/bin
command -v go >/dev/null || fail "no go on the PATH (get it from https://go.dev/dl)"
export GOWORK=off GOFLAGS=-buildvcs=false

module=windhover/bench
log=$out/build.log
: >"$log"

# Runs a command with its output in the log, of which the last line is shown if it fails.
run() {
  "$@" >>"$log" 2>&1 || fail "$1 $2 $3 failed, see $log: $(grep -v '^\s*$' "$log" | tail -n 1)"
}

cp "$(dirname "$0")"/{*.go,go.mod,go.sum} "$out"
cd "$out"
rm -rf idl kitex_gen proto
mkdir idl
cp "$thrift"/{bench,streams}.thrift "$proto" idl
# Kitex wants its classes of Protobuf in a package of its own.
sed "s#^option go_package.*#option go_package = \"$module/kitex_gen/protobuf;protobuf\";#" "$proto" >idl/kitex.proto

run go mod download
run go tool kitex -no-dependency-check -module "$module" idl/bench.thrift
run go tool kitex -streamx -no-dependency-check -module "$module" idl/streams.thrift
run go tool kitex -no-dependency-check -module "$module" idl/kitex.proto
run go build -o plugins/ \
  google.golang.org/protobuf/cmd/protoc-gen-go google.golang.org/grpc/cmd/protoc-gen-go-grpc
run "$protoc" --proto_path=idl \
  --plugin=plugins/protoc-gen-go --go_out=. --go_opt=module="$module" \
  --plugin=plugins/protoc-gen-go-grpc --go-grpc_out=. --go-grpc_opt=module="$module" \
  idl/bench.proto
run go build -o contestants .

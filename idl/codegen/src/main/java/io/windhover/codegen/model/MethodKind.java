package io.windhover.codegen.model;

/// What goes to and fro when a method is called; as in `io.windhover.rpc.Method.Kind`.
public enum MethodKind {
  UNARY,
  ONEWAY,
  CLIENT_STREAM,
  SERVER_STREAM,
  BIDI_STREAM;

  public boolean isStream() {
    return this != UNARY && this != ONEWAY;
  }
}

package io.windhover.rpc;

/// Who calls. Peers tell it over TTHeader, and nothing proves it: good for logs, not for access.
///
/// @param name of the client; empty if unknown
/// @param method that it was handling when it called; empty if it was handling none, or unknown
public record Origin(String name, String method) {

  public static final Origin UNKNOWN = new Origin("", "");
}

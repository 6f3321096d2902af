package io.windhover.rpc;

import java.util.Map;

/// Reads and writes string keys of TTHeader of a user's own, beside those that Windhover carries by
/// itself: for fleets that agree on keys, such as a tenant or a signed token. Kitex has it as
/// MetaHandler.
///
/// ```
///   client  writeRequest ----> readRequest  server
///   client  readReply   <----  writeReply   server
/// ```
///
/// ```java
/// MetadataHandler tenant =
///     new MetadataHandler() {
///       public void writeRequest(Invocation call, Writer header) {
///         header.put("x-acme-tenant", tenantOfThisThread());
///       }
///
///       public Metadata readRequest(Invocation call, Map<String, String> header) {
///         var tenant = header.get("x-acme-tenant");
///         if (tenant == null) {
///           throw new ApplicationException(1003, "no tenant");
///         }
///         return Metadata.of("tenant", tenant);
///       }
///     };
/// ```
///
/// Called on the thread of the call, from many at once. Only calls over TTHeader have a header, and
/// those in frames of others that have one: those over Framed and Buffered, in the same process,
/// and streams are not told of.
public interface MetadataHandler {

  /// What puts keys into a header.
  @FunctionalInterface
  interface Writer {

    /// Adds a key, or replaces one that was put before. A key and a value may have 16 KiB.
    ///
    /// @throws IllegalArgumentException if the key is one of the protocol or of Windhover, or
    ///   either is empty
    void put(String key, String value);
  }

  /// On a client, once for each attempt, before the request is written. What it throws ends the
  /// call, and nothing is sent.
  default void writeRequest(Invocation call, Writer header) {}

  /// On a server, before the handler and the middleware around it. What it throws ends the call as
  /// if the handler had thrown it.
  ///
  /// @param header all string keys, which cannot be changed
  /// @return what the handler finds in [Invocation#metadata] beside what is there, and in its place
  default Metadata readRequest(Invocation call, Map<String, String> header) {
    return Metadata.NONE;
  }

  /// On a server, before the reply is written, unless that is an error. What it throws ends the
  /// call as if the handler had thrown it, and is the caller's to see: listeners have been told how
  /// the handler ended.
  default void writeReply(Invocation call, Writer header) {}

  /// On a client, once the reply is read, even if that is an error. What it throws ends the call.
  ///
  /// @param header all string keys, which cannot be changed
  default void readReply(Invocation call, Map<String, String> header) {}
}

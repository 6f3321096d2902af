package io.windhover.rpc.grpc;

import io.windhover.http2.hpack.HeaderField;
import io.windhover.rpc.Deadline;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.codec.MalformedMessageException;
import io.windhover.rpc.log.LogGate;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Writes the heads of requests on one connection. For any thread.
final class GrpcClientHeads {

  private static final System.Logger LOG = System.getLogger(GrpcClientHeads.class.getName());

  private static final HeaderField POST = new HeaderField(":method", "POST");
  private static final HeaderField HTTP = new HeaderField(":scheme", "http");
  private static final HeaderField HTTPS = new HeaderField(":scheme", "https");
  private static final HeaderField TE = new HeaderField("te", "trailers");
  private static final HeaderField PROTO = contentType(ContentType.PROTO);
  private static final HeaderField THRIFT = contentType(ContentType.THRIFT);

  /// Fields but for metadata.
  private static final int FIELDS = 10;

  /// Whoever waits longer has no deadline to speak of.
  private static final long AGES = TimeUnit.DAYS.toNanos(3_650);

  private final LogGate log = new LogGate(LOG);
  private final GrpcClientPaths paths = new GrpcClientPaths();
  private final HeaderField scheme;
  private final HeaderField userAgent;
  private final HeaderField accepted;
  private volatile @Nullable HeaderField authority; // of the first call: all go to one address

  /// @param encodings that are read here
  /// @param secured whether the connection has TLS
  GrpcClientHeads(GrpcClientOptions options, Encodings encodings, boolean secured) {
    this.accepted = encodings.accepted();
    this.scheme = secured ? HTTPS : HTTP;
    this.userAgent = new HeaderField("user-agent", options.userAgent());
    var given = options.authority();
    this.authority = given == null ? null : authority(given);
  }

  /// Returns all of a head but for [how long][#timeout] the caller waits.
  ///
  /// @param encoding that its messages may have
  /// @throws MalformedMessageException if something of its metadata can be no field
  List<HeaderField> of(Invocation invocation, Encoding encoding) {
    var fields = new ArrayList<HeaderField>(FIELDS);
    fields.add(POST);
    fields.add(scheme);
    fields.add(paths.of(invocation.method(), invocation.service()));
    fields.add(authority(invocation.remoteAddress()));
    fields.add(ContentType.of(invocation.method()) == ContentType.THRIFT ? THRIFT : PROTO);
    fields.add(userAgent);
    fields.add(TE);
    if (encoding != Encoding.IDENTITY) {
      fields.add(encoding.field());
    }
    fields.add(accepted);
    addIfAny(MetadataFields.SOURCE_SERVICE, invocation.origin().name(), fields);
    addIfAny(MetadataFields.SOURCE_METHOD, invocation.origin().method(), fields);
    MetadataFields.write(invocation.metadata(), fields, log);
    return fields;
  }

  /// Returns how long the caller waits from now on; null if there is no end to speak of.
  static @Nullable HeaderField timeout(Deadline deadline) {
    long left = deadline.remainingNanos();
    return left < AGES ? new HeaderField("grpc-timeout", TimeoutText.write(left)) : null;
  }

  /// Leaves out what no field can have: it is only for those who look.
  private static void addIfAny(String name, String value, List<HeaderField> out) {
    if (!value.isEmpty() && MetadataFields.isValue(value)) {
      out.add(new HeaderField(name, value));
    }
  }

  private HeaderField authority(SocketAddress address) {
    var known = authority;
    if (known == null) {
      known = authority(text(address));
      authority = known;
    }
    return known;
  }

  private static String text(SocketAddress address) {
    if (!(address instanceof InetSocketAddress tcp)) {
      return "localhost"; // a unix socket
    }
    var host = tcp.getHostString();
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + tcp.getPort();
  }

  private static HeaderField authority(String text) {
    return new HeaderField(":authority", text);
  }

  private static HeaderField contentType(ContentType type) {
    return new HeaderField("content-type", type.text());
  }
}

package io.windhover.rpc.client;

import io.windhover.netpoll.ConnectionOptions;
import io.windhover.netpoll.tls.TlsOptions;
import io.windhover.rpc.CallListener;
import io.windhover.rpc.CallOptions;
import io.windhover.rpc.ClientErrorHandler;
import io.windhover.rpc.Compression;
import io.windhover.rpc.Metadata;
import io.windhover.rpc.MetadataHandler;
import io.windhover.rpc.Middleware;
import io.windhover.rpc.Protocol;
import io.windhover.rpc.StreamMiddleware;
import io.windhover.rpc.TimeSource;
import io.windhover.rpc.codec.FrameCodec;
import io.windhover.rpc.codec.PayloadCodec;
import io.windhover.rpc.pool.Dialler;
import io.windhover.rpc.pool.PoolFactory;
import io.windhover.rpc.pool.PoolOptions;
import io.windhover.rpc.stream.StreamOptions;
import io.windhover.rpc.transport.ClientTransport;
import io.windhover.rpc.wire.GuardedFrameCodec;
import io.windhover.rpc.wire.MetadataHandlers;
import io.windhover.rpc.wire.PayloadForm;
import io.windhover.rpc.wire.WireFormats;
import io.windhover.rpc.wire.WireLimits;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Collects the options of a client.
public final class ClientBuilder {
  private final SocketAddress address;
  private final List<Middleware> middleware = new ArrayList<>();
  private final List<Middleware> attemptMiddleware = new ArrayList<>();
  private final List<StreamMiddleware> streamMiddleware = new ArrayList<>();
  private final List<CallListener> listeners = new ArrayList<>();
  private final CallOptions.Builder call = CallOptions.builder();
  private final Map<String, CallOptions> services = new HashMap<>();
  private final Map<String, Map<String, CallOptions>> methods = new HashMap<>();
  private final ConnectionOptions.Builder connection = ConnectionOptions.builder();
  private PoolOptions pool = PoolOptions.DEFAULT;
  private String name = "windhover-client";
  private Protocol protocol = Protocol.FRAMED;
  private @Nullable FrameCodec frameCodec;
  private @Nullable PayloadCodec payloadCodec;
  private @Nullable ClientTransport transport;
  private int maxMessageBytes = 16 << 20;
  private int multiplexed;
  private int streamConnections = 2;
  private int streamWindowBytes = StreamOptions.DEFAULT_WINDOW_BYTES;
  private boolean checksums;
  private @Nullable Compression compression;
  private int compressAbove = PayloadForm.NEVER;
  private @Nullable TlsOptions tls;
  private final List<MetadataHandler> metadataHandlers = new ArrayList<>();
  private @Nullable ClientErrorHandler errorHandler;
  private @Nullable UnaryOperator<Dialler> dialler;
  private @Nullable PoolFactory pools;
  private TimeSource time = TimeSource.SYSTEM;
  private final Settings settings;

  ClientBuilder(SocketAddress address) {
    this.address = address;
    call.address(address);
    settings = new Settings(values());
  }

  /// Applies a bundle of options, such as those that a company shares; it may set anything that can
  /// be set here. What is set after it wins. [Client#explain()] names it.
  public ClientBuilder suite(String name, Consumer<ClientBuilder> options) {
    var before = values();
    options.accept(this);
    settings.changedBy(name, before, values());
    return this;
  }

  /// The options that hold for all of the client, as text.
  private Map<String, String> values() {
    var values = new LinkedHashMap<String, String>();
    var forCalls = ClientOptions.DEFAULT_CALL.with(call.build());
    values.put("name", name);
    values.put("protocol", written().toString());
    values.put("transport", transport == null ? "that of protocol" : transport.name());
    values.put("frameCodec", frameCodec == null ? "that of protocol" : frameCodec.name());
    values.put("payloadCodec", payloadCodec == null ? "Thrift binary" : payloadCodec.name());
    values.put("timeout", OptionsLadder.display(forCalls.timeout().orElseThrow()));
    values.put("connectTimeout", OptionsLadder.display(forCalls.connectTimeout().orElseThrow()));
    values.put("waitForReady", Boolean.toString(forCalls.waitForReady().orElseThrow()));
    values.put("maxMessageBytes", Integer.toString(maxMessageBytes));
    values.put("multiplexed", multiplexed == 0 ? "off" : Integer.toString(multiplexed));
    describe(pool, values);
    values.put("pools", pools == null ? "own" : "given");
    values.put("dialler", dialler == null ? "own" : "given");
    values.put("time", time.equals(TimeSource.SYSTEM) ? "system" : "given");
    values.put("tls", tls == null ? "none" : "on");
    values.put("checksums", checksums ? "on" : "off");
    values.put(
        "compression", compression == null ? "none" : compression + " above " + compressAbove);
    values.put("metadataHandler", metadataHandlers.isEmpty() ? "none" : "set");
    values.put("errorHandler", errorHandler == null ? "none" : "set");
    values.put("streamConnections", Integer.toString(streamConnections));
    values.put(
        "streamWindowBytes",
        transport == null ? Integer.toString(streamWindowBytes) : "that of transport");
    return values;
  }

  /// The protocol of calls: payloads of some codecs are never bare.
  private Protocol written() {
    return protocol == Protocol.TTHEADER && payloadCodec != null && payloadCodec.alwaysFramed()
        ? Protocol.TTHEADER_FRAMED
        : protocol;
  }

  private static void describe(PoolOptions pool, Map<String, String> values) {
    values.put("maxConnections", Integer.toString(pool.maxConnections()));
    values.put("minIdle", Integer.toString(pool.minIdle()));
    values.put("maxIdle", Integer.toString(pool.maxIdle()));
    values.put("maxIdleOverall", Integer.toString(pool.maxIdleOverall()));
    values.put("idleTimeout", OptionsLadder.display(pool.idleTimeout()));
    values.put("maxAge", OptionsLadder.display(pool.maxAge()));
    values.put("maxDials", Integer.toString(pool.maxDials()));
    values.put("maxBackoff", OptionsLadder.display(pool.maxBackoff()));
  }

  /// How this client calls itself to servers; they see it over TTHeader.
  public ClientBuilder name(String name) {
    this.name = name;
    return this;
  }

  /// The default is [Protocol#FRAMED], as with Kitex. [Protocol#TTHEADER] also carries deadlines,
  /// the service's name and metadata.
  public ClientBuilder protocol(Protocol protocol) {
    this.protocol = protocol;
    return this;
  }

  /// Sends calls in frames of this codec, in the place of [#protocol]. Streams go in TTHeader's in
  /// any case. Not with what only TTHeader carries: multiplexing, checksums, compression.
  public ClientBuilder frameCodec(FrameCodec codec) {
    this.frameCodec = codec;
    return this;
  }

  /// Calls with payloads of this codec, instead of Thrift's binary protocol; not over
  /// [Protocol#BUFFERED]. Streams are Thrift's in any case.
  public ClientBuilder payloadCodec(PayloadCodec codec) {
    this.payloadCodec = codec;
    return this;
  }

  /// Calls and opens streams by this transport, in the place of [#protocol] and all that belongs to
  /// it. Its connections are [#streamConnections] to an address at most, for calls and streams
  /// alike. Not with what only the built-in protocols have: multiplexing, checksums, compression,
  /// codecs, [#pools].
  public ClientBuilder transport(ClientTransport transport) {
    this.transport = transport;
    return this;
  }

  /// How long a call may take from start to end. The default is 1 s.
  public ClientBuilder timeout(Duration timeout) {
    call.timeout(timeout);
    return this;
  }

  /// How much of a call's time connecting may take, the look-up of a name included. The default is
  /// 1 s.
  public ClientBuilder connectTimeout(Duration connectTimeout) {
    call.connectTimeout(connectTimeout);
    return this;
  }

  /// Whether a call waits, until its deadline, for a server to which no connection can be made, in
  /// the place of failing at once: see [CallOptions.Builder#waitForReady]. The default is false.
  public ClientBuilder waitForReady(boolean waitForReady) {
    call.waitForReady(waitForReady);
    return this;
  }

  /// Sends these values along with every call.
  public ClientBuilder metadata(Metadata metadata) {
    call.metadata(metadata);
    return this;
  }

  /// Sets options for the calls of one service.
  ///
  /// @param service its IDL name
  public ClientBuilder service(String service, CallOptions options) {
    services.merge(service, options, CallOptions::with);
    return this;
  }

  /// Sets options for the calls of one method.
  ///
  /// @param service IDL name of the service
  /// @param method IDL name of the method
  public ClientBuilder method(String service, String method, CallOptions options) {
    methods
        .computeIfAbsent(service, _ -> new HashMap<>())
        .merge(method, options, CallOptions::with);
    return this;
  }

  /// Refuses larger requests and replies, in bytes. The default is 16 MiB, the most 256 MiB.
  public ClientBuilder maxMessageBytes(int maxMessageBytes) {
    this.maxMessageBytes = maxMessageBytes;
    return this;
  }

  /// How many connections are kept, and for how long; all of it at once.
  public ClientBuilder pool(PoolOptions pool) {
    this.pool = pool;
    return this;
  }

  /// Lets all calls to an address share so many connections, 1 to 256, instead of each having one
  /// for itself; [#maxConnections] does not count then. Each carries 1,024 calls at a time, and a
  /// call beyond waits within its timeout. Needs [Protocol#TTHEADER] or [Protocol#TTHEADER_FRAMED],
  /// and of a Kitex server that it is started for multiplexing.
  public ClientBuilder multiplexed(int connections) {
    if (connections < 1) {
      throw new IllegalArgumentException(
          "multiplexed: %d (expected: at least 1)".formatted(connections));
    }
    this.multiplexed = connections;
    return this;
  }

  /// Sends a checksum of the payload (CRC-32C) with every request, for the server to check. Off by
  /// default; needs [Protocol#TTHEADER] or [Protocol#TTHEADER_FRAMED]. Those of replies are checked
  /// in any case.
  public ClientBuilder checksums(boolean checksums) {
    this.checksums = checksums;
    return this;
  }

  /// Asks Windhover servers for compressed replies, and compresses requests of more than so many
  /// bytes on connections whose server has said that it reads them: `compressAbove` of the server.
  /// Other servers, such as Kitex', get and send payloads as they are. Off by default; needs
  /// [Protocol#TTHEADER] or [Protocol#TTHEADER_FRAMED].
  public ClientBuilder compression(Compression compression, int aboveBytes) {
    this.compression = compression;
    this.compressAbove = aboveBytes;
    return this;
  }

  /// How many connections to an address may be open at once; each carries one call at a time, and a
  /// call beyond waits for one within its timeout. The default is 1024. One of the options of the
  /// [#pool].
  public ClientBuilder maxConnections(int maxConnections) {
    return pool(pool.toBuilder().maxConnections(maxConnections).build());
  }

  /// How long an unused connection is kept. The default is 30 s. One of the options of the [#pool].
  public ClientBuilder idleTimeout(Duration idleTimeout) {
    return pool(pool.toBuilder().idleTimeout(idleTimeout).build());
  }

  /// Puts another dialler around the client's own, or in its place: it makes all connections, for
  /// calls and for streams.
  ///
  /// @param dialler gets the client's own, or what an earlier call of this has made of that, and
  ///   returns the one to use; asked once, by [#build]
  public ClientBuilder dialler(UnaryOperator<Dialler> dialler) {
    var before = this.dialler;
    this.dialler = before == null ? dialler : own -> dialler.apply(before.apply(own));
    return this;
  }

  /// Puts other pools in the place of the client's own, for its calls; streams have connections of
  /// their own. The options of the [#pool] then count no more, but for its idle timeout, which the
  /// connections keep that such a pool has dialled. Not with [#multiplexed].
  public ClientBuilder pools(PoolFactory pools) {
    this.pools = pools;
    return this;
  }

  /// Takes the time from elsewhere than the system's clock: for tests that do not want to wait.
  /// Deadlines, whatever calls and streams wait for, ages of connections and pauses between dials
  /// follow it. The network does not: how long connecting may take, idle timeouts, a server that
  /// does not read.
  public ClientBuilder time(TimeSource time) {
    this.time = time;
    return this;
  }

  /// Secures all connections. Without it they are plain. If these options have no protocols for
  /// ALPN, those of the [#transport] are offered.
  public ClientBuilder tls(TlsOptions tls) {
    this.tls = tls;
    return this;
  }

  /// Tells `listener` of every call, after those added before.
  public ClientBuilder listener(CallListener listener) {
    listeners.add(Objects.requireNonNull(listener, "listener"));
    return this;
  }

  /// Lets `handler` write keys of its own into the headers of requests and read those of replies,
  /// after those added before. Needs [Protocol#TTHEADER] or [Protocol#TTHEADER_FRAMED].
  public ClientBuilder metadataHandler(MetadataHandler handler) {
    metadataHandlers.add(Objects.requireNonNull(handler, "handler"));
    return this;
  }

  /// Lets `handler` turn failures of calls into other exceptions, in the place of one that was set
  /// before.
  public ClientBuilder errorHandler(ClientErrorHandler handler) {
    this.errorHandler = handler;
    return this;
  }

  /// Adds a step around every call, inside of those added before.
  public ClientBuilder middleware(Middleware middleware) {
    this.middleware.add(Objects.requireNonNull(middleware, "middleware"));
    return this;
  }

  /// Adds a step around every attempt at a call, inside of those added before and of all of
  /// [#middleware]: the server's address is known there.
  public ClientBuilder attemptMiddleware(Middleware middleware) {
    this.attemptMiddleware.add(middleware);
    return this;
  }

  /// Adds a step around every stream, inside of those added before.
  public ClientBuilder streamMiddleware(StreamMiddleware middleware) {
    streamMiddleware.add(Objects.requireNonNull(middleware, "middleware"));
    return this;
  }

  /// How many connections to an address may carry streams, besides those for calls. Each carries
  /// many. The default is 2.
  public ClientBuilder streamConnections(int streamConnections) {
    this.streamConnections = streamConnections;
    return this;
  }

  /// How many bytes of one stream may wait to be received, before its server has to wait. The
  /// default is 128 KiB. Of the built-in streams; a [#transport] has its own.
  public ClientBuilder streamWindowBytes(int streamWindowBytes) {
    this.streamWindowBytes = streamWindowBytes;
    return this;
  }

  /// Returns the client. Nothing is connected before the first call.
  public Client build() {
    if (pools != null && multiplexed > 0) {
      throw new IllegalArgumentException(
          "multiplexed: %d with pools(...) (expected: one of the two; what shares connections is up to the pools)"
              .formatted(multiplexed));
    }
    if (pools != null && transport != null) {
      throw new IllegalArgumentException(
          "transport: %s with pools(...) (expected: one of the two; pools are of the built-in protocols)"
              .formatted(transport.name()));
    }
    if (tls != null) {
      connection.tls(
          transport == null ? tls : tls.offering(List.copyOf(transport.applicationProtocols())));
    }
    var limits = WireLimits.ofMessageBytes(maxMessageBytes);
    var listener = CallListener.of(listeners);
    var options =
        new ClientOptions(
            address,
            name,
            written(),
            transport == null ? null : transport.name(),
            WireFormats.of(payloadCodec == null ? List.of() : List.of(payloadCodec))
                .in(frameCodec == null ? null : new GuardedFrameCodec(frameCodec)),
            limits,
            pool,
            multiplexed,
            new PayloadForm(checksums, compression, compressAbove),
            connection.idleTimeout(pool.idleTimeout()).build(),
            new StreamOptions(limits, streamWindowBytes, StreamOptions.DEFAULT_MAX_STREAMS),
            streamConnections);
    if (!metadataHandlers.isEmpty()) {
      options.checkMetadataHandlers();
    }
    options.check(call.build());
    services.values().forEach(options::check);
    return new Client(
        options,
        new OptionsLadder(ClientOptions.DEFAULT_CALL, call.build(), services, methods),
        new ClientSteps(
            middleware,
            attemptMiddleware,
            streamMiddleware,
            listener,
            MetadataHandlers.of(metadataHandlers),
            errorHandler),
        new ClientParts(dialler, pools, transport, time),
        settings.explain(values()));
  }
}

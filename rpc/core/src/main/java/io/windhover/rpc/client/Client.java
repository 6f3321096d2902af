package io.windhover.rpc.client;

import io.windhover.netpoll.PollerGroup;
import io.windhover.rpc.Caller;
import io.windhover.rpc.Deadline;
import io.windhover.rpc.Endpoint;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Method;
import io.windhover.rpc.Middleware;
import io.windhover.rpc.Protocol;
import io.windhover.rpc.wire.WireLimits;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A client of one server address: what generated stubs call through.
///
/// ```java
/// try (Client client = Client.to("127.0.0.1:8888")) {
///   EchoService echo = EchoService.on(client);
///   EchoResponse r = echo.echo(new EchoRequest().message("hi"));
/// }
/// ```
///
/// Make one for each server and keep it: it owns a pool of connections, opened as calls need them.
/// Any number of threads may call at once; each call blocks its own thread, platform or virtual,
/// until it ends, at the latest at its deadline. That is the client's timeout from the start of the
/// call, or what is left to the call being handled when a handler calls on, whichever is earlier.
///
/// A host name is looked up for each new connection, within that time, and all of its addresses are
/// tried.
public final class Client implements Caller, AutoCloseable {

  private final ClientOptions options;
  private final PollerGroup pollers;
  private final ConnectionPool pool;
  private final Endpoint endpoint;

  private Client(ClientOptions options, List<Middleware> middleware) {
    this.options = options;
    this.pollers = PollerGroup.start();
    try {
      this.pool = new ConnectionPool(options, pollers);
      this.endpoint = Endpoint.chain(middleware, new Exchange(options, pool));
    } catch (RuntimeException | Error e) { // of a middleware
      pollers.close();
      throw e;
    }
  }

  /// Returns a client with default options.
  ///
  /// @param address `host:port`, or `unix:/path/to/socket`
  public static Client to(String address) {
    return builder(address).build();
  }

  /// @param address `host:port`, or `unix:/path/to/socket`
  public static Builder builder(String address) {
    return builder(Addresses.parse(address));
  }

  /// @param address TCP or unix socket; a resolved one stays as it is, a name is looked up for each
  ///   new connection
  public static Builder builder(SocketAddress address) {
    return new Builder(address);
  }

  @Override
  public Object call(String service, Method<?> method, Object request) {
    var own = Deadline.after(options.timeout());
    var deadline = Invocation.current().map(outer -> own.orEarlier(outer.deadline())).orElse(own);
    return endpoint.call(new Invocation(service, method, deadline, options.address()), request);
  }

  /// Returns how many connections are open now, in use or idle.
  public int openConnections() {
    return pool.openConnections();
  }

  /// Closes all connections; calls under way end with an [io.windhover.rpc.RpcException].
  @Override
  public void close() {
    pool.close();
    pollers.close();
  }

  /// Collects the options of a client.
  public static final class Builder {
    private final SocketAddress address;
    private final List<Middleware> middleware = new ArrayList<>();
    private String name = "windhover-client";
    private Protocol protocol = Protocol.FRAMED;
    private Duration timeout = Duration.ofSeconds(1);
    private Duration connectTimeout = Duration.ofSeconds(1);
    private int maxMessageBytes = 16 << 20;
    private int maxConnections = 1024;
    private Duration idleTimeout = Duration.ofSeconds(30);

    private Builder(SocketAddress address) {
      this.address = address;
    }

    /// How this client calls itself to servers; they see it over TTHeader.
    public Builder name(String name) {
      this.name = name;
      return this;
    }

    /// The default is [Protocol#FRAMED], as with Kitex. [Protocol#TTHEADER] also carries deadlines
    /// and the service's name.
    public Builder protocol(Protocol protocol) {
      this.protocol = protocol;
      return this;
    }

    /// How long a call may take from start to end. The default is 1 s.
    public Builder timeout(Duration timeout) {
      this.timeout = timeout;
      return this;
    }

    /// How much of a call's time connecting may take, the look-up of a name included. The default
    /// is 1 s.
    public Builder connectTimeout(Duration connectTimeout) {
      this.connectTimeout = connectTimeout;
      return this;
    }

    /// Refuses larger requests and replies, in bytes. The default is 16 MiB, the most 256 MiB.
    public Builder maxMessageBytes(int maxMessageBytes) {
      this.maxMessageBytes = maxMessageBytes;
      return this;
    }

    /// How many connections may be open at once; each carries one call at a time, and a call beyond
    /// waits for one within its timeout. The default is 1024.
    public Builder maxConnections(int maxConnections) {
      this.maxConnections = maxConnections;
      return this;
    }

    /// How long an unused connection is kept. The default is 30 s.
    public Builder idleTimeout(Duration idleTimeout) {
      this.idleTimeout = idleTimeout;
      return this;
    }

    /// Adds a step around every call, inside of those added before.
    public Builder middleware(Middleware middleware) {
      this.middleware.add(middleware);
      return this;
    }

    /// Returns the client. Nothing is connected before the first call.
    public Client build() {
      return new Client(
          new ClientOptions(
              address,
              name,
              protocol,
              timeout,
              connectTimeout,
              WireLimits.ofMessageBytes(maxMessageBytes),
              maxConnections,
              idleTimeout),
          middleware);
    }
  }
}

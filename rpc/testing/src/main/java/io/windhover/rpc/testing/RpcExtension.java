package io.windhover.rpc.testing;

import io.windhover.rpc.Service;
import io.windhover.rpc.client.Client;
import io.windhover.rpc.client.ClientBuilder;
import io.windhover.rpc.server.Server;
import io.windhover.rpc.server.ServerBuilder;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives a JUnit test a running server on a free port of this machine, and a client of it.
///
/// ```java
/// @RegisterExtension
/// static final RpcExtension rpc = RpcExtension.serving(Shop.serve(new ShopHandler()));
///
/// @Test
/// void sells(Client client) {
///   assertThat(Shop.on(client).buy("a pen")).isEqualTo(1);
/// }
/// ```
///
/// In a static field it serves all tests of the class, in another each test has its own. Tests take
/// [Client] and [Server] as parameters, or from [#client] and [#server].
public final class RpcExtension
    implements BeforeAllCallback,
        AfterAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        ParameterResolver {

  private static final String LOCALHOST = "127.0.0.1:";

  private final List<Service> services;
  private Consumer<ServerBuilder> serverOptions = builder -> {};
  private Consumer<ClientBuilder> clientOptions = builder -> {};
  private boolean isForAll;
  private @Nullable Server server;
  private @Nullable Client client;

  private RpcExtension(List<Service> services) {
    this.services = services;
  }

  /// @param services what generated code returns: `EchoService.serve(handler)`
  public static RpcExtension serving(Service... services) {
    return new RpcExtension(List.of(services));
  }

  /// Sets options of the server, but for its port and services.
  public RpcExtension server(Consumer<ServerBuilder> options) {
    serverOptions = serverOptions.andThen(options);
    return this;
  }

  /// Sets options of the client.
  public RpcExtension client(Consumer<ClientBuilder> options) {
    clientOptions = clientOptions.andThen(options);
    return this;
  }

  /// Returns the client, while a test runs.
  public Client client() {
    return running(client);
  }

  /// Returns the server, while a test runs.
  public Server server() {
    return running(server);
  }

  private static <T> T running(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException(
          "no test runs: is the RpcExtension in a field with @RegisterExtension?");
    }
    return part;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    isForAll = true;
    start();
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    if (!isForAll) {
      start();
    }
  }

  private void start() throws IOException {
    var builder = Server.builder();
    serverOptions.accept(builder);
    services.forEach(builder::service);
    var started = builder.port(0).start();
    server = started;
    var clientBuilder = Client.builder(LOCALHOST + started.port());
    clientOptions.accept(clientBuilder);
    client = clientBuilder.build();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (!isForAll) {
      stop();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    stop();
  }

  private void stop() {
    if (client != null) {
      client.close();
      client = null;
    }
    if (server != null) {
      server.close();
      server = null;
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    var type = parameter.getParameter().getType();
    return type == Client.class || type == Server.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Client.class ? client() : server();
  }
}

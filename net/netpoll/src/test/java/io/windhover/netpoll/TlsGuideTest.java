package io.windhover.netpoll;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.netpoll.tls.Certificates;
import io.windhover.netpoll.tls.Certificates.Identity;
import io.windhover.netpoll.tls.ClientAuthentication;
import io.windhover.netpoll.tls.TlsCredentials;
import io.windhover.netpoll.tls.TlsOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What docs/tls.md shows of the network library is the code of this class, and it works.
final class TlsGuideTest extends TlsFixture {

  private static final Path GUIDE = Path.of("../../docs/tls.md");
  private static final Path SOURCE =
      Path.of("src/test/java/io/windhover/netpoll/TlsGuideTest.java");

  @Test
  void theBlocksAreTheCodeBelow() throws IOException {
    var source = squeezed(Files.readString(SOURCE));
    var guide = Files.readString(GUIDE);

    var blocks =
        Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL)
            .matcher(guide.substring(guide.indexOf("## A server of the network library")))
            .results()
            .map(block -> squeezed(block.group(1)))
            .toList();

    assertThat(blocks).hasSize(2).allMatch(source::contains);
  }

  private static String squeezed(String text) {
    return text.replaceAll("\\s+", "");
  }

  @Test
  void theCodeWorks() throws IOException {
    put(Certificates.authority().server(), "server");
    put(Certificates.authority().client(), "client");
    for (var authority : new String[] {"clients-authority.pem", "servers-authority.pem"}) {
      Files.copy(Certificates.authority().certificate(), directory.resolve(authority));
    }
    var client = new Recorder();

    try (var listener = listen(group, directory, PollerFixture::echo)) {
      dial(group, directory, named(listener.address()), client).write(Frames.of("hello"));

      Waiting.until("it comes back", () -> client.events.contains("frame hello"));
    }
  }

  private void put(Identity identity, String name) throws IOException {
    Files.copy(identity.chain(), directory.resolve(name + ".pem"));
    Files.copy(identity.key(), directory.resolve(name + ".key"));
  }

  private static Listener listen(PollerGroup pollers, Path folder, Supplier<FrameHandler> handlers)
      throws IOException {
    var credentials =
        TlsCredentials.builder()
            .key(folder.resolve("server.pem"), folder.resolve("server.key"))
            .trust(folder.resolve("clients-authority.pem"))
            .load();
    var tls =
        TlsOptions.builder(credentials).clientAuthentication(ClientAuthentication.REQUIRED).build();
    var options = ConnectionOptions.builder().tls(tls).build();
    var listener = pollers.listen(new InetSocketAddress("localhost", 0), options, handlers);
    return listener;
  }

  private static Connection dial(
      PollerGroup pollers, Path folder, InetSocketAddress address, FrameHandler handler)
      throws IOException {
    var credentials =
        TlsCredentials.builder()
            .trust(folder.resolve("servers-authority.pem"))
            .key(folder.resolve("client.pem"), folder.resolve("client.key"))
            .load();
    var options = ConnectionOptions.builder().tls(TlsOptions.builder(credentials).build()).build();
    var connection = pollers.dial(address, Duration.ofSeconds(1), options, handler);
    return connection;
  }
}

package io.windhover.examples.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.netpoll.BlockingConnection;
import io.windhover.netpoll.ConnectionOptions;
import io.windhover.netpoll.Listener;
import io.windhover.netpoll.PollerGroup;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The chat server, with plain sockets as its members.
@Timeout(20)
final class ChatServerTest {

  private final PollerGroup pollers = PollerGroup.start();
  private final ChatServer chat = new ChatServer();
  private final Listener listener;

  ChatServerTest() throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    listener =
        pollers.listen(address, ConnectionOptions.DEFAULT, BlockingConnection.serving(chat::join));
  }

  @AfterEach
  void close() {
    pollers.close();
  }

  private final class Member implements AutoCloseable {
    private final Socket socket = new Socket();
    private final BufferedReader in;

    Member(int alreadyThere) throws IOException {
      socket.connect(listener.address());
      in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      while (chat.members.size() <= alreadyThere) { // bounded by the test's timeout
        Thread.onSpinWait();
      }
    }

    void say(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(UTF_8));
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @Test
  void tellsAllOthersWhatOneSays() throws IOException {
    try (var ada = new Member(0);
        var bob = new Member(1);
        var eve = new Member(2)) {
      ada.say("hello\nhow are");
      assertThat(bob.in.readLine()).isEqualTo("hello");
      assertThat(eve.in.readLine()).isEqualTo("hello");
      ada.say(" you?\n");

      assertThat(bob.in.readLine()).isEqualTo("how are you?");
      bob.say("fine\n");
      assertThat(ada.in.readLine()).as("and not her own words").isEqualTo("fine");
    }
  }

  private static boolean isAtEnd(Member member) throws IOException {
    try {
      return member.in.read() < 0;
    } catch (SocketException e) { // a reset: not all that was said was heard
      return true;
    }
  }

  @Test
  void endsWithWhoeverSaysTooMuchAtOnce() throws IOException {
    try (var member = new Member(0)) {
      member.say("x".repeat(10_000));

      assertThat(isAtEnd(member)).isTrue();
    }
    while (pollers.openConnections() > 0) { // bounded by the test's timeout
      Thread.onSpinWait();
    }
  }
}

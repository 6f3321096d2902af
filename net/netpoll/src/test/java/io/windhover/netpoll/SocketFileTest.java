package io.windhover.netpoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SocketFileTest {

  @TempDir private Path directory;
  private UnixDomainSocketAddress address = UnixDomainSocketAddress.of("");

  @BeforeEach
  void setUp() {
    address = UnixDomainSocketAddress.of(directory.resolve("s"));
  }

  private ServerSocketChannel bind(int backlog) throws IOException {
    return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address, backlog);
  }

  @Test
  void removesWhatADeadServerLeft() throws IOException {
    bind(1).close();
    assertThat(address.getPath()).exists();

    SocketFile.removeStale(address);

    assertThat(address.getPath()).doesNotExist();
    SocketFile.removeStale(address);
  }

  @Test
  void leavesALiveServerAlone() throws IOException {
    try (var _ = bind(1)) {
      assertThatThrownBy(() -> SocketFile.removeStale(address))
          .hasMessage("the socket there is in use");

      assertThat(address.getPath()).exists();
    }
  }

  @Test
  void doesNotWaitForALiveServerThatLagsBehind() throws IOException {
    try (var _ = bind(1);
        var _ = SocketChannel.open(address);
        var _ = SocketChannel.open(address)) {
      assertThatThrownBy(() -> SocketFile.removeStale(address))
          .hasMessage("the socket there is in use");
    }
  }

  @Test
  void leavesOtherFilesAlone() throws IOException {
    Files.writeString(address.getPath(), "somebody's work");

    assertThatThrownBy(() -> SocketFile.removeStale(address))
        .hasMessage("a file that is no socket is there");

    assertThat(address.getPath()).hasContent("somebody's work");
  }

  @Test
  void leavesTheFileOfASuccessor() throws IOException {
    try (var _ = bind(1)) {
      var mine = SocketFile.bound(address);
      Files.delete(address.getPath());
      Files.createFile(directory.resolve("other")); // so that the inode is not the same again
      try (var _ = bind(1)) {
        mine.delete();

        assertThat(address.getPath()).exists();
      }
    }
  }

  @Test
  void deletesItsOwnFileOnce() throws IOException {
    try (var _ = bind(1)) {
      var mine = SocketFile.bound(address);

      mine.delete();
      mine.delete();

      assertThat(address.getPath()).doesNotExist();
    }
  }
}

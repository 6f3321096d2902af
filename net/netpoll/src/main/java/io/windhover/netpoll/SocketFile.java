package io.windhover.netpoll;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The file of a listening unix socket. The kernel neither removes it when its server dies nor
/// binds over it.
///
/// @param identity what tells this file from another one at the same path; null if the system has
///   no such thing
record SocketFile(Path path, @Nullable Object identity) {

  /// Describes the file that binding has just made.
  static SocketFile bound(UnixDomainSocketAddress address) throws IOException {
    return new SocketFile(address.getPath(), attributes(address.getPath()).fileKey());
  }

  /// Clears the way for binding: a socket that nobody listens on is removed. A live one is left,
  /// and so is a file of any other kind.
  ///
  /// @throws IOException if something is in the way
  static void removeStale(UnixDomainSocketAddress address) throws IOException {
    var path = address.getPath();
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!attributes(path).isOther()) {
      throw new IOException("a file that is no socket is there");
    }
    if (isLive(address)) {
      throw new IOException("the socket there is in use");
    }
    Files.deleteIfExists(path);
  }

  private static boolean isLive(UnixDomainSocketAddress address) {
    try (var probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      probe.configureBlocking(false); // a server that lags behind would make it wait
      probe.connect(address);
      return true;
    } catch (ConnectException e) {
      return false;
    } catch (IOException e) {
      return true; // such as a full backlog
    }
  }

  /// Removes the file unless another one has taken its place.
  void delete() throws IOException {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)
        && Objects.equals(identity, attributes(path).fileKey())) {
      Files.deleteIfExists(path);
    }
  }

  private static BasicFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }
}

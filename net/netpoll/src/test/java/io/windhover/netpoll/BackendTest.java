package io.windhover.netpoll;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
@EnabledOnOs(OS.LINUX)
final class BackendTest {

  @TempDir private Path directory;

  /// Prints what becomes of a group on epoll.
  static final class StartOnEpoll {
    public static void main(String[] args) {
      System.out.println(Backend.best());
      System.out.println(Backend.best().description());
      try (var group = PollerGroup.start(PollerOptions.builder().backend(Backend.EPOLL).build())) {
        System.out.println(group.openConnections());
      } catch (UnsupportedOperationException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  private ChildJvm startOnEpoll(String... flags) throws IOException {
    return new ChildJvm(
        directory,
        "",
        Stream.concat(Stream.of(flags), Stream.of(StartOnEpoll.class.getName())).toList());
  }

  @Test
  void namesTheFlagThatEpollNeedsAndBringsUpNoWarning() throws IOException {
    try (var child = startOnEpoll()) {
      assertThat(child.readLine()).isEqualTo("NIO");
      assertThat(child.readLine())
          .isEqualTo("the JDK's selectors (--enable-native-access=ALL-UNNAMED would give epoll)");
      assertThat(child.readLine())
          .isEqualTo(
              "no EPOLL here: it needs Linux on x86_64 or aarch64, and the flag "
                  + "--enable-native-access=io.windhover.netpoll (ALL-UNNAMED on the class path)");
      assertThat(child.errors()).isEmpty();
    }
  }

  @Test
  void startsOnEpollWithTheFlag() throws IOException {
    try (var child = startOnEpoll("--enable-native-access=ALL-UNNAMED")) {
      assertThat(child.readLine()).isEqualTo("EPOLL");
      assertThat(child.readLine()).isEqualTo("epoll");
      assertThat(child.readLine()).isEqualTo("0");
      assertThat(child.errors()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void isAvailableInTheseTests(Backend backend) {
    assertThat(backend.isAvailable()).isTrue();
    assertThat(backend.description()).doesNotContain("--enable-native-access");
  }
}

package io.windhover.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HarnessTest {

  private final ByteArrayOutputStream answers = new ByteArrayOutputStream();

  @Test
  void serverSaysItsPortAndWhatItAllocated() throws Exception {
    play("stats\n", "server", "fake", "7");

    assertThat(lines()).hasSize(2).contains("ready 7");
    assertThat(lines()[1]).matches("stats \\d+");
  }

  @Test
  void clientRunsALoadBetweenTwoMarks() throws Exception {
    play(
        "run work=sleep bytes=3 callers=1 rate=100 warmup=10 millis=50 latency=intended\n",
        "client",
        "fake",
        "7");

    assertThat(lines()).hasSize(4).startsWith("ready 0", "measuring", "measured");
    assertThat(lines()[3]).startsWith("done calls=");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "server fake        | usage: server",
        "server fok 0       | contestant: fok (expected: one of [fake])",
        "waiter fake 0      | role: waiter (expected: server, client)"
      },
      quoteCharacter = '"')
  void rejectsWrongArguments(String arguments, String message) {
    assertThatThrownBy(() -> play("", arguments.trim().split(" ", -1)))
        .hasMessageStartingWith(message.trim());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "run work=echo; a run needs bytes=",
        "run work; word: work (expected: KEY=VALUE)",
        "walk; command: walk (expected: run KEY=VALUE ...)",
        "run work=echo bytes=1 callers=0 rate=0 warmup=0 millis=1 latency=intended; callers: 0",
        "run work=echo bytes=1 callers=1 rate=0 warmup=0 millis=1 latency=x; latency: x"
      })
  void rejectsWrongCommands(String command, String message) {
    assertThatThrownBy(() -> play(command + "\n", "client", "fake", "7"))
        .hasMessageStartingWith(message);
  }

  private void play(String commands, String... arguments) throws Exception {
    new Harness(
            new BufferedReader(new StringReader(commands)),
            new PrintStream(answers, true, StandardCharsets.US_ASCII))
        .play(arguments, Map.of("fake", Fake::new));
  }

  private String[] lines() {
    return answers.toString(StandardCharsets.US_ASCII).lines().toArray(String[]::new);
  }

  private static final class Fake implements Contestant {

    @Override
    public int serve(int port) {
      return port;
    }

    @Override
    public Client connect(int port) {
      return (_, _) -> () -> {};
    }
  }
}

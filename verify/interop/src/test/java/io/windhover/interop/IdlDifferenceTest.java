package io.windhover.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.windhover.interop.IdlDifferences.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Gives hundreds of small Thrift files to our compiler, to Apache's and to Thriftgo. Where they do
/// not agree about what is a Thrift file, `idl/differences.txt` has to say why.
///
/// Without the `thrift` command or without Go this is skipped; with `WINDHOVER_REQUIRE_PEERS=1` in
/// the environment that is a failure.
final class IdlDifferenceTest {
  private static final int AT_ONCE = 4;
  private static final String NO_PEERS =
      "*** IDL NOT COMPARED: the commands thrift and go are needed ***";

  @TempDir Path folder;

  @Test
  void compilersDifferAsIsKnown() throws Exception {
    var verdicts = verdicts();
    Files.writeString(Path.of("target", "idl-verdicts.txt"), table(verdicts));
    var known = IdlDifferences.read();

    var unknown = new LinkedHashMap<String, Verdict>();
    verdicts.forEach(
        (name, verdict) -> {
          var entry = known.get(name);
          boolean isKnown = entry != null && entry.verdict().equals(verdict);
          if (!isKnown && !verdict.isUnanimous()) {
            unknown.put(name, verdict);
          }
        });
    assertThat(unknown).as("differences that no reason is given for").isEmpty();
    var stale = new LinkedHashMap<>(known);
    stale.entrySet().removeIf(it -> it.getValue().verdict().equals(verdicts.get(it.getKey())));
    assertThat(stale).as("differences that are listed and not there").isEmpty();
  }

  @Test
  void snippetsAreManyAndHaveNamesOfTheirOwn() {
    var names = Snippet.all().stream().map(Snippet::name).toList();

    assertThat(names).hasSizeGreaterThanOrEqualTo(300).doesNotHaveDuplicates();
  }

  private Map<String, Verdict> verdicts()
      throws InterruptedException, ExecutionException, IOException {
    var ours = IdlCompiler.windhover();
    var apache = required(IdlCompiler.apache());
    var thriftgo = required(IdlCompiler.thriftgo());
    var verdicts = new TreeMap<String, Future<Verdict>>();
    try (var pool = Executors.newFixedThreadPool(AT_ONCE)) {
      for (var snippet : Snippet.all()) {
        var own = Files.createDirectory(folder.resolve(snippet.name()));
        verdicts.put(
            snippet.name(),
            pool.submit(
                () -> {
                  var main = snippet.write(own);
                  return new Verdict(
                      ours.compile(main, own),
                      apache.compile(main, own),
                      thriftgo.compile(main, own));
                }));
      }
    }
    var done = new TreeMap<String, Verdict>();
    for (var verdict : verdicts.entrySet()) {
      done.put(verdict.getKey(), verdict.getValue().get());
    }
    return done;
  }

  private static IdlCompiler required(Optional<IdlCompiler> peer) {
    if (peer.isEmpty() && "1".equals(System.getenv("WINDHOVER_REQUIRE_PEERS"))) {
      fail(NO_PEERS);
    }
    if (peer.isEmpty()) {
      System.out.println(NO_PEERS);
    }
    return peer.orElseGet(() -> Assumptions.abort(NO_PEERS));
  }

  private static String table(Map<String, Verdict> verdicts) {
    var text = new StringBuilder();
    verdicts.forEach((name, verdict) -> text.append(verdict).append(' ').append(name).append('\n'));
    return text.toString();
  }
}

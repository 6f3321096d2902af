package io.windhover.proto;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.proto.source.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Damages good files in random ways: whatever comes out, it comes out as diagnostics, and soon.
final class MutationTest {
  private static final String ROOT = "shop/old.proto";
  private static final List<String> NAMES = List.of(ROOT, "shop/more.proto", "shop/options.proto");
  private static final long SEED = 20_250_731;
  private static final int ROUNDS = 500;
  private static final long MAX_NANOS = 1_000_000_000;
  private static final Pattern PIECE = Pattern.compile("\\w+|\\s+|[^\\w\\s]");
  private static final String NOISE = "{}()[]<>,;:=*&@'\"/\\#.-+0e9x \n\t\u00E9\uD83D\uDE00";

  private final Random random = new Random(SEED);

  @Test
  void damagedFilesGiveDiagnosticsOnly() throws IOException {
    var good = texts();
    var names = List.copyOf(good.keySet());
    for (int round = 0; round < ROUNDS; round++) {
      var texts = new HashMap<>(good);
      String damaged = names.get(random.nextInt(names.size()));
      texts.compute(damaged, (_, text) -> damage(text == null ? "" : text));

      var compilation = compileSoon(texts);
      var messages = compilation.diagnostics().stream().map(Diagnostic::toString).toList();

      assertThat(messages).allMatch(it -> it.endsWith("\n"));
      assertThat(compilation.roots().isEmpty()).isEqualTo(compilation.hasErrors());
      assertThat(compilation.descriptorSet().length == 0).isEqualTo(compilation.hasErrors());
    }
  }

  private static Map<String, String> texts() throws IOException {
    var texts = new HashMap<String, String>();
    for (String name : NAMES) {
      texts.put(name, Files.readString(Path.of("src/test/resources/grammar").resolve(name)));
    }
    return texts;
  }

  /// Compiles within the time allowed; a busy machine gets a second and a third chance.
  private static ProtoCompilation compileSoon(Map<String, String> texts) {
    for (int attempt = 1; attempt <= 3; attempt++) {
      long start = System.nanoTime();
      var compilation = ProtoCompiler.compile(texts, List.of(ROOT));
      if (System.nanoTime() - start < MAX_NANOS) {
        return compilation;
      }
    }
    throw new AssertionError("takes too long: " + texts);
  }

  private String damage(String text) {
    var pieces = new ArrayList<>(PIECE.matcher(text).results().map(MatchResult::group).toList());
    int times = 1 + random.nextInt(4);
    for (int i = 0; i < times && !pieces.isEmpty(); i++) {
      int at = random.nextInt(pieces.size());
      int other = random.nextInt(pieces.size());
      switch (random.nextInt(7)) {
        case 0 -> pieces.remove(at);
        case 1 -> pieces.add(at, pieces.get(other));
        case 2 -> pieces.set(at, pieces.get(other));
        case 3 -> pieces.subList(at, pieces.size()).clear();
        case 4 -> pieces.add(at, noise());
        case 5 -> pieces.set(at, pieces.get(at).substring(random.nextInt(pieces.get(at).length())));
        default ->
            pieces.addAll(
                at, List.copyOf(pieces.subList(Math.min(at, other), Math.max(at, other))));
      }
    }
    return String.join("", pieces);
  }

  private String noise() {
    int at = random.nextInt(NOISE.length());
    return NOISE.substring(at, at + 1);
  }
}

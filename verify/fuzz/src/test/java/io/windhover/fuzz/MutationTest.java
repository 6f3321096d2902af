package io.windhover.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.idl.ThriftCompiler;
import io.windhover.proto.ProtoCompiler;
import io.windhover.source.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Damages good IDL files in random ways: whatever comes out, it comes out as diagnostics, and
/// soon.
final class MutationTest {
  private static final long SEED = 20_250_731;
  private static final long MAX_NANOS = 1_000_000_000;
  private static final Pattern PIECE = Pattern.compile("\\w+|\\s+|[^\\w\\s]");
  private static final String NOISE = "{}()[]<>,;:=*&@'\"/\\#.-+0e9x \n\t\u00E9\uD83D\uDE00";

  private final Random random = new Random(SEED);

  /// What came of a compilation.
  record Outcome(List<Diagnostic> diagnostics, boolean hasErrors, boolean isEmpty) {}

  /// A language, and files that use all of its grammar, the first of them the root.
  enum Language {
    THRIFT(1_500, "thrift-parser", "shop.thrift", "shared/base.thrift", "shared/money.v1.thrift") {
      @Override
      Outcome compile(Map<String, String> texts) {
        var it = ThriftCompiler.compile(texts, List.of(root()));
        return new Outcome(it.diagnostics(), it.hasErrors(), it.roots().isEmpty());
      }
    },
    PROTO(500, "proto-parser", "shop/old.proto", "shop/more.proto", "shop/options.proto") {
      @Override
      Outcome compile(Map<String, String> texts) {
        var it = ProtoCompiler.compile(texts, List.of(root()));
        return new Outcome(it.diagnostics(), it.hasErrors(), it.descriptorSet().length == 0);
      }
    };

    private final int rounds;
    private final Path folder;
    private final List<String> names;

    Language(int rounds, String module, String... names) {
      this.rounds = rounds;
      this.folder = Path.of("..", "..", "idl", module, "src", "test", "resources", "grammar");
      this.names = List.of(names);
    }

    abstract Outcome compile(Map<String, String> texts);

    String root() {
      return names.getFirst();
    }

    Map<String, String> texts() throws IOException {
      var texts = new LinkedHashMap<String, String>();
      for (var name : names) {
        texts.put(name, Files.readString(folder.resolve(name)));
      }
      return texts;
    }
  }

  @ParameterizedTest
  @EnumSource
  void damagedFilesGiveDiagnosticsOnly(Language language) throws IOException {
    var good = language.texts();
    for (int round = 0; round < language.rounds; round++) {
      var texts = new HashMap<>(good);
      var damaged = language.names.get(random.nextInt(language.names.size()));
      texts.compute(damaged, (_, text) -> damage(text == null ? "" : text));

      var outcome = compileSoon(language, texts);
      var messages = outcome.diagnostics().stream().map(Diagnostic::toString).toList();

      assertThat(messages).allMatch(it -> it.endsWith("\n"));
      assertThat(outcome.isEmpty()).isEqualTo(outcome.hasErrors());
    }
  }

  /// Compiles within the time allowed; a busy machine gets a second and a third chance.
  private static Outcome compileSoon(Language language, Map<String, String> texts) {
    for (int attempt = 1; attempt <= 3; attempt++) {
      long start = System.nanoTime();
      var outcome = language.compile(texts);
      if (System.nanoTime() - start < MAX_NANOS) {
        return outcome;
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

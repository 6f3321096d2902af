package io.windhover.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LastRunTest {
  private static final String KEY = "options";

  @TempDir Path folder;
  private Path record;

  @BeforeEach
  void run() throws IOException {
    write("shop.thrift", "struct Item {}");
    write("a folder/money.thrift", "struct Money {}");
    write("Item.java", "class Item {}");
    record = folder.resolve("target/generate.run");
    LastRun.of(
            KEY,
            List.of(
                path("shop.thrift"),
                path("missing.thrift"),
                path("a folder/money.thrift"),
                path("Item.java")))
        .write(record);
  }

  @Test
  void isRepeatedIfNothingChanges() throws IOException {
    assertThat(isRepeatedBy(KEY)).isTrue();
  }

  @Test
  void isNotRepeatedWithOtherOptions() throws IOException {
    assertThat(isRepeatedBy("others")).isFalse();
  }

  @Test
  void isNotRepeatedAfterAChangeOfAnInclude() throws IOException {
    write("a folder/money.thrift", "struct Money { 1: i64 cents }");

    assertThat(isRepeatedBy(KEY)).isFalse();
  }

  @Test
  void isNotRepeatedWithoutWhatItMade() throws IOException {
    Files.delete(path("Item.java"));

    assertThat(isRepeatedBy(KEY)).isFalse();
  }

  @Test
  void isNotRepeatedIfSomebodyEditsWhatItMade() throws IOException {
    write("Item.java", "class Item { int mine; }");

    assertThat(isRepeatedBy(KEY)).isFalse();
  }

  @Test
  void isNotRepeatedOnceAFileIsThereThatComesFirst() throws IOException {
    write("missing.thrift", "struct Money {}");

    assertThat(isRepeatedBy(KEY)).isFalse();
  }

  @Test
  void isNotRepeatedIfItsRecordIsCutOff() throws IOException {
    var text = Files.readString(record).strip();
    for (int length = 0; length < text.length(); length++) {
      Files.writeString(record, text.substring(0, length));

      assertThat(isRepeatedBy(KEY)).as(text.substring(0, length)).isFalse();
    }
    Files.delete(record);
    assertThat(isRepeatedBy(KEY)).isFalse();
  }

  private boolean isRepeatedBy(String key) throws IOException {
    return LastRun.read(record).isRepeatedBy(key);
  }

  private Path path(String file) {
    return folder.resolve(file);
  }

  private void write(String file, String text) throws IOException {
    Files.createDirectories(path(file).resolveSibling("."));
    Files.writeString(path(file), text);
  }
}

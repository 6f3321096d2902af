package io.windhover.cli;

import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads times as Go writes them: `90s`, `1m30s`, `500ms`, `0`.
final class TimeConverter implements ITypeConverter<Duration> {
  private static final Pattern TIME =
      Pattern.compile("(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,6})s)?(?:(\\d{1,9})ms)?|0");

  TimeConverter() {}

  @Override
  public Duration convert(String text) {
    var time = TIME.matcher(text);
    if (text.isEmpty() || !time.matches()) {
      throw new TypeConversionException("'" + text + "' (expected: such as 90s, 1m30s, 500ms, 0)");
    }
    return Duration.ofHours(number(time.group(1)))
        .plusMinutes(number(time.group(2)))
        .plusSeconds(number(time.group(3)))
        .plusMillis(number(time.group(4)));
  }

  private static long number(String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }
}

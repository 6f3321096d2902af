package io.windhover.bench.codec;

/// A kind of data that services send: the parameter of the benchmarks.
public enum Shape implements Subject {
  TWO_FIELDS("2 fields", Samples.point()),
  TWENTY_FIELDS("20 fields", WideSample.wide()),
  FORTY_FIELDS_NESTED("40 fields, nested", Samples.order()),
  THOUSAND_LONGS("1,000 i64", Samples.longs()),
  HUNDRED_STRUCTS("100 structs", Samples.points()),
  MAP_OF_STRINGS("map of 100 strings", Samples.labels()),
  BINARY_64_KIB("64 KiB binary", Samples.blob()),
  ASCII_TEXT("1,000 ASCII letters", Samples.ascii()),
  CHINESE_TEXT("1,000 Chinese letters", Samples.chinese());

  private final String title;
  private final Sample<?> sample;

  Shape(String title, Sample<?> sample) {
    this.title = title;
    this.sample = sample;
  }

  @Override
  public String title() {
    return title;
  }

  Sample<?> sample() {
    return sample;
  }
}

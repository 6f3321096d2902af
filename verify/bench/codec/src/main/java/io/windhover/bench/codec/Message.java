package io.windhover.bench.codec;

import io.windhover.bench.messages.Address;
import io.windhover.bench.messages.Line;
import io.windhover.bench.messages.Numbers;
import io.windhover.bench.messages.Protobuf;
import io.windhover.bench.messages.Purchase;
import io.windhover.bench.messages.Reading;
import io.windhover.bench.messages.Texts;
import java.util.ArrayList;
import java.util.List;

/// A small message of Protobuf: the parameter of the benchmarks of both lanes.
public enum Message implements Subject {
  READING(
      "5 fields", new MessageSample<>(Reading.CODEC, Message::reading, Message::protobufReading)),
  PURCHASE(
      "order of 3 lines",
      new MessageSample<>(Purchase.CODEC, Message::purchase, Message::protobufPurchase)),
  NUMBERS(
      "10 numbers", new MessageSample<>(Numbers.CODEC, Message::numbers, Message::protobufNumbers)),
  TEXTS("5 short texts", new MessageSample<>(Texts.CODEC, Message::texts, Message::protobufTexts));

  /// How many different messages there are, from number 1 on: so that no code is made for one.
  static final int COUNT = 8;

  private static final List<String> NAMES =
      List.of(
          "tea",
          "Somewhere",
          "12 Long Street",
          "customer number 17",
          "somebody@example.com",
          "a name of some size",
          "order-0001",
          "green");

  private final String title;
  private final MessageSample<?, ?> sample;

  Message(String title, MessageSample<?, ?> sample) {
    this.title = title;
    this.sample = sample;
  }

  @Override
  public String title() {
    return title;
  }

  MessageSample<?, ?> sample() {
    return sample;
  }

  private static Reading reading(int number) {
    return new Reading()
        .id(id(number))
        .name(name(number))
        .count(number)
        .valid(true)
        .value(0.5 + number);
  }

  private static Protobuf.Reading protobufReading(int number) {
    return Protobuf.Reading.newBuilder()
        .setId(id(number))
        .setName(name(number))
        .setCount(number)
        .setValid(true)
        .setValue(0.5 + number)
        .build();
  }

  private static Purchase purchase(int number) {
    var lines = new ArrayList<Line>(3);
    for (int i = 1; i <= 3; i++) {
      lines.add(new Line().quantity(i).price(9.5 * i).article(name(number + i)));
    }
    return new Purchase()
        .id(id(number))
        .customer(name(number))
        .lines(lines)
        .address(new Address().street(name(number + 4)).city(name(number + 5)).zip("12345"))
        .paid(true)
        .stamps(List.of(1, 200, 30_000 + number));
  }

  private static Protobuf.Purchase protobufPurchase(int number) {
    var purchase = Protobuf.Purchase.newBuilder().setId(id(number)).setCustomer(name(number));
    for (int i = 1; i <= 3; i++) {
      purchase.addLines(
          Protobuf.Line.newBuilder().setQuantity(i).setPrice(9.5 * i).setArticle(name(number + i)));
    }
    return purchase
        .setAddress(
            Protobuf.Address.newBuilder()
                .setStreet(name(number + 4))
                .setCity(name(number + 5))
                .setZip("12345"))
        .setPaid(true)
        .addStamps(1)
        .addStamps(200)
        .addStamps(30_000 + number)
        .build();
  }

  private static Numbers numbers(int number) {
    return new Numbers()
        .a(number)
        .b(id(number))
        .c(300 + number)
        .d(-number)
        .e(number)
        .f(id(number))
        .g(true)
        .h(0.5 + number)
        .i(number << 2 * number)
        .j(id(number) << 2 * number);
  }

  private static Protobuf.Numbers protobufNumbers(int number) {
    return Protobuf.Numbers.newBuilder()
        .setA(number)
        .setB(id(number))
        .setC(300 + number)
        .setD(-number)
        .setE(number)
        .setF(id(number))
        .setG(true)
        .setH(0.5 + number)
        .setI(number << 2 * number)
        .setJ(id(number) << 2 * number)
        .build();
  }

  private static Texts texts(int number) {
    return new Texts()
        .a(name(number))
        .b(name(number + 1))
        .c(name(number + 2))
        .d(name(number + 3))
        .e(name(number + 4));
  }

  private static Protobuf.Texts protobufTexts(int number) {
    return Protobuf.Texts.newBuilder()
        .setA(name(number))
        .setB(name(number + 1))
        .setC(name(number + 2))
        .setD(name(number + 3))
        .setE(name(number + 4))
        .build();
  }

  private static long id(int number) {
    return 123456789L * number;
  }

  private static String name(int number) {
    return NAMES.get(number % NAMES.size());
  }
}

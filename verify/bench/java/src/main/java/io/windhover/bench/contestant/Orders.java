package io.windhover.bench.contestant;

import com.google.protobuf.ByteString;
import io.windhover.bench.apache.ApacheAddress;
import io.windhover.bench.apache.ApacheCustomer;
import io.windhover.bench.apache.ApacheItem;
import io.windhover.bench.apache.ApacheOrder;
import io.windhover.bench.apache.ApachePayment;
import io.windhover.bench.thrift.Address;
import io.windhover.bench.thrift.Customer;
import io.windhover.bench.thrift.Item;
import io.windhover.bench.thrift.Order;
import io.windhover.bench.thrift.Payment;
import io.windhover.thrift.Binary;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// The order that is sent, the same in the classes of each library: all 40 fields set, strings of 8
/// to 24 ASCII characters.
public final class Orders {

  private static final long ID = 9_007_199_254_740_993L;
  private static final int ITEMS = 3;

  private Orders() {}

  /// Looks at the reply to an order.
  ///
  /// @throws IllegalStateException if it cannot be the order that was sent
  public static void check(long id, int items) {
    if (id != ID || items != ITEMS) {
      throw new IllegalStateException(
          "order of the reply: id %d with %d items (expected: id %d with %d items)"
              .formatted(id, items, ID, ITEMS));
    }
  }

  public static Order windhover() {
    return new Order()
        .id(ID)
        .number("2026-11-25-000417")
        .version(7)
        .express(true)
        .total(412.85)
        .tax(65.92)
        .currency("EUR-euro")
        .customer(
            new Customer()
                .id(7_300_000_421L)
                .name("Augusta Byron-King")
                .email("augusta@example.org")
                .address(
                    new Address()
                        .street("12 St James's Square")
                        .city("Marylebone")
                        .region("Greater London")
                        .postcode("SW1Y 4JH")
                        .country("United Kingdom"))
                .vip(true)
                .phones(phones()))
        .shipTo(
            new Address()
                .street("5 Dorset Street, rear")
                .city("Manchester")
                .region("North West England")
                .postcode("M14 5AP, 2")
                .country("Great Britain"))
        .items(IntStream.range(0, ITEMS).mapToObj(Orders::windhoverItem).toList())
        .payment(
            new Payment()
                .method("bank-transfer")
                .amount(41_285)
                .currency("EUR-euro")
                .paidAt(1_795_000_200_000L))
        .history(history())
        .counters(counters())
        .tags(tags())
        .comment("leave with neighbour 14")
        .createdAt(1_795_000_000_000L)
        .updatedAt(1_795_000_300_000L)
        .status(3)
        .signature(Binary.wrap(signature()))
        .archived(false);
  }

  private static Item windhoverItem(int i) {
    return new Item()
        .sku(sku(i))
        .title(title(i))
        .quantity(quantity(i))
        .price(price(i))
        .attributes(attributes(i));
  }

  public static io.windhover.bench.proto.Order protobuf() {
    return io.windhover.bench.proto.Order.newBuilder()
        .setId(ID)
        .setNumber("2026-11-25-000417")
        .setVersion(7)
        .setExpress(true)
        .setTotal(412.85)
        .setTax(65.92)
        .setCurrency("EUR-euro")
        .setCustomer(
            io.windhover.bench.proto.Customer.newBuilder()
                .setId(7_300_000_421L)
                .setName("Augusta Byron-King")
                .setEmail("augusta@example.org")
                .setAddress(
                    io.windhover.bench.proto.Address.newBuilder()
                        .setStreet("12 St James's Square")
                        .setCity("Marylebone")
                        .setRegion("Greater London")
                        .setPostcode("SW1Y 4JH")
                        .setCountry("United Kingdom"))
                .setVip(true)
                .addAllPhones(phones()))
        .setShipTo(
            io.windhover.bench.proto.Address.newBuilder()
                .setStreet("5 Dorset Street, rear")
                .setCity("Manchester")
                .setRegion("North West England")
                .setPostcode("M14 5AP, 2")
                .setCountry("Great Britain"))
        .addAllItems(IntStream.range(0, ITEMS).mapToObj(Orders::protobufItem).toList())
        .setPayment(
            io.windhover.bench.proto.Payment.newBuilder()
                .setMethod("bank-transfer")
                .setAmount(41_285)
                .setCurrency("EUR-euro")
                .setPaidAt(1_795_000_200_000L))
        .addAllHistory(history())
        .putAllCounters(counters())
        .addAllTags(tags())
        .setComment("leave with neighbour 14")
        .setCreatedAt(1_795_000_000_000L)
        .setUpdatedAt(1_795_000_300_000L)
        .setStatus(3)
        .setSignature(ByteString.copyFrom(signature()))
        .setArchived(false)
        .build();
  }

  private static io.windhover.bench.proto.Item protobufItem(int i) {
    return io.windhover.bench.proto.Item.newBuilder()
        .setSku(sku(i))
        .setTitle(title(i))
        .setQuantity(quantity(i))
        .setPrice(price(i))
        .putAllAttributes(attributes(i))
        .build();
  }

  public static ApacheOrder apache() {
    var order = new ApacheOrder();
    order.id = ID;
    order.number = "2026-11-25-000417";
    order.version = 7;
    order.express = true;
    order.total = 412.85;
    order.tax = 65.92;
    order.currency = "EUR-euro";
    order.customer = new ApacheCustomer();
    order.customer.id = 7_300_000_421L;
    order.customer.name = "Augusta Byron-King";
    order.customer.email = "augusta@example.org";
    order.customer.address = new ApacheAddress();
    order.customer.address.street = "12 St James's Square";
    order.customer.address.city = "Marylebone";
    order.customer.address.region = "Greater London";
    order.customer.address.postcode = "SW1Y 4JH";
    order.customer.address.country = "United Kingdom";
    order.customer.vip = true;
    order.customer.phones = phones();
    order.shipTo = new ApacheAddress();
    order.shipTo.street = "5 Dorset Street, rear";
    order.shipTo.city = "Manchester";
    order.shipTo.region = "North West England";
    order.shipTo.postcode = "M14 5AP, 2";
    order.shipTo.country = "Great Britain";
    order.items = IntStream.range(0, ITEMS).mapToObj(Orders::apacheItem).toList();
    order.payment = new ApachePayment();
    order.payment.method = "bank-transfer";
    order.payment.amount = 41_285;
    order.payment.currency = "EUR-euro";
    order.payment.paidAt = 1_795_000_200_000L;
    order.history = history();
    order.counters = counters();
    order.tags = tags();
    order.comment = "leave with neighbour 14";
    order.createdAt = 1_795_000_000_000L;
    order.updatedAt = 1_795_000_300_000L;
    order.status = 3;
    order.signature = ByteBuffer.wrap(signature());
    order.archived = false;
    return order;
  }

  private static ApacheItem apacheItem(int i) {
    var item = new ApacheItem();
    item.sku = sku(i);
    item.title = title(i);
    item.quantity = quantity(i);
    item.price = price(i);
    item.attributes = attributes(i);
    return item;
  }

  private static List<String> phones() {
    return List.of("+44 20 7946 0018", "+44 161 496 0123");
  }

  private static long sku(int i) {
    return 4_006_381_333_931L + i;
  }

  private static String title(int i) {
    return "Difference engine no. " + (i + 1);
  }

  private static int quantity(int i) {
    return 1 + 100 * i;
  }

  private static double price(int i) {
    return 19.99 + 7.5 * i;
  }

  private static Map<String, String> attributes(int i) {
    var attributes = new LinkedHashMap<String, String>();
    attributes.put("material", "brushed brass no. " + i);
    attributes.put("country-of-origin", "England, lot " + i);
    return attributes;
  }

  private static List<Long> history() {
    return LongStream.range(0, 10).map(i -> 1_795_000_000_000L + 60_000 * i).boxed().toList();
  }

  private static Map<String, Integer> counters() {
    var counters = new LinkedHashMap<String, Integer>();
    for (int i = 0; i < 5; i++) {
      counters.put("counter-of-step-" + i, 1 << (6 * i));
    }
    return counters;
  }

  private static List<String> tags() {
    return List.of("gift-wrapping", "fragile!", "insured-in-transit", "second-delivery");
  }

  private static byte[] signature() {
    var signature = new byte[32];
    for (int i = 0; i < signature.length; i++) {
      signature[i] = (byte) (i * 37);
    }
    return signature;
  }
}

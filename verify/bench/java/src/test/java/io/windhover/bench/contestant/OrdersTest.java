package io.windhover.bench.contestant;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.bench.apache.ApacheOrder;
import io.windhover.bench.thrift.Address;
import io.windhover.bench.thrift.Customer;
import io.windhover.bench.thrift.Item;
import io.windhover.bench.thrift.Order;
import io.windhover.bench.thrift.Payment;
import io.windhover.buffer.LinkBuffer;
import io.windhover.thrift.Binary;
import io.windhover.thrift.BinaryReader;
import io.windhover.thrift.BinaryWriter;
import java.util.Arrays;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.protocol.TCompactProtocol;
import org.apache.thrift.protocol.TProtocolFactory;
import org.apache.thrift.transport.TMemoryBuffer;
import org.apache.thrift.transport.TMemoryInputTransport;
import org.junit.jupiter.api.Test;

/// All contestants carry the same order.
final class OrdersTest {

  @Test
  void apacheWritesTheBytesThatWindhoverWrites() throws TException {
    assertThat(apacheBytes(Orders.apache(), new TBinaryProtocol.Factory()))
        .isEqualTo(windhoverBytes());
  }

  @Test
  void windhoverReadsWhatItWrote() {
    try (var bytes = LinkBuffer.wrap(windhoverBytes())) {
      assertThat(Order.CODEC.read(new BinaryReader(bytes))).isEqualTo(Orders.windhover());
    }
  }

  @Test
  void apacheReadsWhatItWrote() throws TException {
    for (var protocol :
        new TProtocolFactory[] {new TBinaryProtocol.Factory(), new TCompactProtocol.Factory()}) {
      var order = new ApacheOrder();
      order.read(
          protocol.getProtocol(new TMemoryInputTransport(apacheBytes(Orders.apache(), protocol))));

      assertThat(order)
          .usingRecursiveComparison()
          .ignoringFieldsMatchingRegexes(".*isSet", "signature")
          .isEqualTo(Orders.apache());
      assertThat(order.signature).isEqualTo(Orders.apache().signature);
    }
  }

  @Test
  void protobufHasTheValuesOfWindhover() {
    assertThat(translate(Orders.protobuf())).isEqualTo(Orders.windhover());
  }

  private static byte[] windhoverBytes() {
    try (var buffer = new LinkBuffer()) {
      Order.CODEC.write(Orders.windhover(), new BinaryWriter(buffer));
      var bytes = new byte[buffer.size()];
      buffer.readBytes(bytes, 0, bytes.length);
      return bytes;
    }
  }

  private static byte[] apacheBytes(ApacheOrder order, TProtocolFactory protocol)
      throws TException {
    var memory = new TMemoryBuffer(16);
    order.write(protocol.getProtocol(memory));
    return Arrays.copyOf(memory.getArray(), memory.length());
  }

  private static Order translate(io.windhover.bench.proto.Order order) {
    var customer = order.getCustomer();
    var payment = order.getPayment();
    return new Order()
        .id(order.getId())
        .number(order.getNumber())
        .version(order.getVersion())
        .express(order.getExpress())
        .total(order.getTotal())
        .tax(order.getTax())
        .currency(order.getCurrency())
        .customer(
            new Customer()
                .id(customer.getId())
                .name(customer.getName())
                .email(customer.getEmail())
                .address(translate(customer.getAddress()))
                .vip(customer.getVip())
                .phones(customer.getPhonesList()))
        .shipTo(translate(order.getShipTo()))
        .items(order.getItemsList().stream().map(OrdersTest::translate).toList())
        .payment(
            new Payment()
                .method(payment.getMethod())
                .amount(payment.getAmount())
                .currency(payment.getCurrency())
                .paidAt(payment.getPaidAt()))
        .history(order.getHistoryList())
        .counters(order.getCountersMap())
        .tags(order.getTagsList())
        .comment(order.getComment())
        .createdAt(order.getCreatedAt())
        .updatedAt(order.getUpdatedAt())
        .status(order.getStatus())
        .signature(Binary.wrap(order.getSignature().toByteArray()))
        .archived(order.getArchived());
  }

  private static Address translate(io.windhover.bench.proto.Address address) {
    return new Address()
        .street(address.getStreet())
        .city(address.getCity())
        .region(address.getRegion())
        .postcode(address.getPostcode())
        .country(address.getCountry());
  }

  private static Item translate(io.windhover.bench.proto.Item item) {
    return new Item()
        .sku(item.getSku())
        .title(item.getTitle())
        .quantity(item.getQuantity())
        .price(item.getPrice())
        .attributes(item.getAttributesMap());
  }
}

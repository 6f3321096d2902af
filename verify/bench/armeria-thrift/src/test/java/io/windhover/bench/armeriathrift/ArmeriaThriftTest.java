package io.windhover.bench.armeriathrift;

import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.bench.contestant.Orders;
import io.windhover.bench.harness.Rehearsal;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.transport.TMemoryBuffer;
import org.junit.jupiter.api.Test;

/// It does its work. The server lives as long as the process.
final class ArmeriaThriftTest {

  @Test
  void answersCallsOfAllKinds() throws Exception {
    Rehearsal.of(new ArmeriaThrift());
  }

  @Test
  void orderIsTheSameAsThatOfTheOthers() throws Exception {
    var expected = new TMemoryBuffer(2048);
    Orders.apache().write(new TBinaryProtocol(expected));
    var actual = new TMemoryBuffer(2048);

    ApacheOrders.order().write(new TBinaryProtocol(actual));

    assertThat(actual.length()).isEqualTo(expected.length());
  }
}

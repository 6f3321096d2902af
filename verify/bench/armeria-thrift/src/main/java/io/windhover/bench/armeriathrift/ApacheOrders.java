package io.windhover.bench.armeriathrift;

import io.windhover.bench.armeriathrift.idl.Order;
import io.windhover.bench.contestant.Orders;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.transport.TMemoryBuffer;

/// The order that is sent, in the class that Apache's compiler makes.
final class ApacheOrders {

  private static final int BYTES = 2048;

  private ApacheOrders() {}

  /// Returns the order of the other contestants, by way of its bytes.
  static Order order() throws TException {
    var protocol = new TBinaryProtocol(new TMemoryBuffer(BYTES));
    Orders.apache().write(protocol);
    var order = new Order();
    order.read(protocol);
    return order;
  }
}

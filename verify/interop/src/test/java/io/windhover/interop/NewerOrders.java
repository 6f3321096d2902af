package io.windhover.interop;

import io.windhover.interop.newer.Extra;
import io.windhover.interop.newer.Line;
import io.windhover.interop.newer.Order;
import io.windhover.interop.newer.Orders;
import io.windhover.interop.newer.Status;
import io.windhover.thrift.Binary;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// The service of newer/orders.thrift.
final class NewerOrders implements Orders {

  @Override
  public Order echo(Order order) {
    return order.hasText() ? order : upgrade(order);
  }

  @Override
  public boolean cancel(long id) {
    return true;
  }

  /// Gives an order the status and every field that only the newer IDL has.
  static Order upgrade(Order order) {
    var lines = new ArrayList<Line>();
    for (var line : order.lines()) {
      lines.add(line.deepCopy().count(lines.size() + 1));
    }
    var extra = new Extra().number(1L << 40).nested(Map.of("a", List.of(1, 2, 3)));
    return order
        .deepCopy()
        .status(Status.SHIPPED)
        .lines(lines)
        .truth(true)
        .tiny((byte) -8)
        .small((short) -16)
        .medium(-32)
        .real(6.5)
        .text("newer, 新")
        .bytes(Binary.of(new byte[] {0, -1}))
        .extra(extra)
        .extras(Map.of("b", extra))
        .numbers(new LinkedHashSet<>(List.of(3L, 2L, 1L)))
        .list(List.of(extra, extra));
  }
}

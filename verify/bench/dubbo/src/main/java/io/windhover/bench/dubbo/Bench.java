package io.windhover.bench.dubbo;

import io.windhover.bench.proto.Order;
import io.windhover.bench.proto.Reply;
import io.windhover.bench.proto.Request;

/// The service of bench.proto as Dubbo likes it best: a plain interface. Triple sends its messages
/// in Protobuf, without a wrapper, since that is all its methods take and return. Public for
/// Dubbo's generated classes.
public interface Bench {

  Reply echo(Request request);

  Reply sleep(Request request);

  Order order(Order order);
}

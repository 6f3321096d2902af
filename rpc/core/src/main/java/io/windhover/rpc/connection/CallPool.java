package io.windhover.rpc.connection;

import io.windhover.rpc.Deadline;
import io.windhover.rpc.pool.Pool;
import java.io.IOException;
import java.util.Optional;

/// A [Pool] as a client has it: its own, or what it has made of one of the user's.
interface CallPool<C extends CompressingConnection> extends Pool<C>, AddressPool {

  @Override
  Optional<IOException> addSpare(int enough, Deadline deadline);
}

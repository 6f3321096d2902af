package io.windhover.netpoll;

import io.windhover.netpoll.tls.TlsOptions;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Begins the TLS handshakes of a group, and counts those of accepted connections that fail.
final class Handshakes {

  private static final System.Logger LOG = System.getLogger(Handshakes.class.getName());

  private final MemoryBudget budget;
  private final LongSupplier nanoClock;
  private final BooleanSupplier draining;
  private final LongAdder failed = new LongAdder();

  /// @param draining whether accepted connections are not wanted any more
  Handshakes(MemoryBudget budget, LongSupplier nanoClock, BooleanSupplier draining) {
    this.budget = budget;
    this.nanoClock = nanoClock;
    this.draining = draining;
  }

  /// Returns how many accepted connections TLS could not begin on, for which the peer is to blame.
  long failed() {
    return failed.sum();
  }

  /// Secures an accepted socket. Any thread.
  ///
  /// @param secured told on `poller`
  /// @param onFailure run once if it fails; the socket is closed then
  void accept(
      Poller poller,
      PolledSocket socket,
      TlsOptions tls,
      Consumer<TlsSocket> secured,
      Runnable onFailure) {
    var outcome =
        new TlsHandshake.Outcome() {
          @Override
          public boolean isWanted() {
            return !draining.getAsBoolean();
          }

          @Override
          public void secured(TlsSocket socket) {
            secured.accept(socket);
          }

          @Override
          public void failed(TlsException cause) {
            if (cause.reason() != CloseReason.ABORTED) { // by this side's own end
              failed.increment();
            }
            LOG.log(Level.DEBUG, cause.getMessage());
            onFailure.run();
          }
        };
    handshake(poller, socket, tls, outcome).begin(tls::serverEngine);
  }

  /// Returns what secures the socket of a dial.
  ///
  /// @throws IllegalArgumentException if there is no server name to verify
  Dialling.Secure dialling(Poller poller, SocketAddress address, TlsOptions tls) {
    var tcp = address instanceof InetSocketAddress inet ? inet : null;
    var host = tcp == null ? "" : tcp.getHostString();
    int port = tcp == null ? 0 : tcp.getPort();
    tls.checkClient(host);
    return (socket, dialling) -> {
      var handshake = handshake(poller, socket, tls, outcome(dialling));
      handshake.begin(() -> tls.clientEngine(host, port));
      return handshake::giveUp;
    };
  }

  private static TlsHandshake.Outcome outcome(Dialling dialling) {
    return new TlsHandshake.Outcome() {
      @Override
      public boolean isWanted() {
        return !dialling.isDecided();
      }

      @Override
      public void secured(TlsSocket socket) {
        dialling.ready(socket);
      }

      @Override
      public void failed(TlsException cause) {
        dialling.failed(cause);
      }
    };
  }

  private TlsHandshake handshake(
      Poller poller, PolledSocket socket, TlsOptions tls, TlsHandshake.Outcome outcome) {
    return new TlsHandshake(poller, socket, tls, budget, nanoClock.getAsLong(), outcome);
  }
}

package io.windhover.netpoll;

/// Why a connection closed.
public enum CloseReason {
  CLOSED_HERE("closed on this side"),
  ABORTED("aborted on this side"),
  RESET("reset by the peer, or the network failed"),
  NO_FIRST_BYTE("the peer sent nothing"),
  FRAME_STALLED("the peer stopped in the middle of a frame"),
  FRAME_TOO_SLOW("the peer sent a frame more slowly than is allowed"),
  IDLE("idle"),
  MEMORY("the connections together hold too much memory"),
  WRITE_STALLED("the peer does not read"),
  TLS_FAILED("TLS failed: a broken record, or the peer refuses this side's certificate"),
  TRUNCATED("the peer closed without the end mark of TLS, so what it sent may be cut off"),
  HANDLER_FAILED("its handler failed");

  private final String text;

  CloseReason(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}

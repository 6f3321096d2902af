package io.windhover.conformance.ledger;

import io.windhover.rpc.RpcException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;

/// What happened, when, to which call: one record of a ledger's file.
///
/// ```
///  byte 0       4             12             20      24      28      32
///      +-------+-------------+--------------+-------+-------+-------+
///      | kind  | call's id   | micros       |   a   |   b   |   c   |
///      +-------+-------------+--------------+-------+-------+-------+
/// ```
///
/// Times are those of the machine's clock, which all processes share.
///
/// @param micros since 1970
/// @param a as the factory of the kind says
/// @param b likewise
/// @param c likewise
record Event(Kind kind, CallId id, long micros, int a, int b, int c) {

  static final int BYTES = 32;

  private static final int ONEWAY = 1;
  private static final int THROUGH_PROXY = 2;
  private static final int TOLD = 4;
  private static final int STREAM = 8;

  enum Kind {
    /// A client is about to make a call.
    SUBMITTED,
    /// It has its result; of a oneway call, the kernel has it.
    OK,
    /// It has failed.
    FAILED,
    /// A client's process did not run for a while: until now.
    PAUSED,
    /// A handler has begun.
    ACCEPTED,
    /// It has had its effect.
    EXECUTED,
    /// It ends without one, and the caller gets an error or has gone.
    REFUSED,
    /// A message of a stream has been received: on a client from the server, on a server from the
    /// client.
    RECEIVED,
    /// The other side of a stream has said that it sends no more.
    HALF_CLOSED,
    /// A server's process has stopped in good order: the last of its file.
    STOPPED,
    /// A fault begins; the call's id is that of the client which it is made for, 0 for all.
    FAULT_BEGINS,
    /// All is as before: from now on calls succeed.
    FAULT_ENDS
  }

  private static int number(Enum<?> value) {
    return Arrays.asList(value.getDeclaringClass().getEnumConstants()).indexOf(value);
  }

  static long now() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }

  /// @param crc of the request
  static Event submitted(CallId id, long micros, Duration timeout, int crc) {
    return new Event(Kind.SUBMITTED, id, micros, (int) timeout.toMillis(), 0, crc);
  }

  /// A call that gets no reply.
  Event oneway() {
    return flagged(ONEWAY);
  }

  /// A call of a client that talks to a proxy, not to the server.
  Event throughProxy() {
    return flagged(THROUGH_PROXY);
  }

  /// A call over a protocol in which a server can tell a client to go.
  Event told() {
    return flagged(TOLD);
  }

  /// A stream instead of a call.
  Event stream() {
    return flagged(STREAM);
  }

  private Event flagged(int flag) {
    return new Event(kind, id, micros, a, b | flag, c);
  }

  /// @param crc of the reply
  static Event ok(CallId id, long micros, int crc) {
    return new Event(Kind.OK, id, micros, crc, 0, 0);
  }

  /// @param messages that were sent, each of which was sent back
  static Event streamOk(CallId id, long micros, int messages) {
    return new Event(Kind.OK, id, micros, messages, 0, 0);
  }

  static Event failed(CallId id, long micros, RpcException.Kind failure) {
    return new Event(Kind.FAILED, id, micros, number(failure), 0, 0);
  }

  static Event paused(int client, long micros, Duration pause) {
    return new Event(Kind.PAUSED, new CallId(client, 0), micros, (int) pause.toMillis(), 0, 0);
  }

  static Event accepted(CallId id, long micros) {
    return new Event(Kind.ACCEPTED, id, micros, 0, 0, 0);
  }

  /// @param requestCrc of the request as the server has it
  /// @param replyCrc of the reply that it makes
  static Event executed(CallId id, long micros, int requestCrc, int replyCrc) {
    return new Event(Kind.EXECUTED, id, micros, replyCrc, 0, requestCrc);
  }

  static Event refused(CallId id, long micros) {
    return new Event(Kind.REFUSED, id, micros, 0, 0, 0);
  }

  /// @param number of the message, from 1 on
  static Event received(CallId id, long micros, int number) {
    return new Event(Kind.RECEIVED, id, micros, number, 0, 0);
  }

  static Event halfClosed(CallId id, long micros) {
    return new Event(Kind.HALF_CLOSED, id, micros, 0, 0, 0);
  }

  static Event stopped(long micros) {
    return new Event(Kind.STOPPED, new CallId(0, 0), micros, 0, 0, 0);
  }

  static Event begins(Fault fault, int client, long micros) {
    return new Event(Kind.FAULT_BEGINS, new CallId(client, 0), micros, number(fault), 0, 0);
  }

  static Event ends(Fault fault, int client, long micros) {
    return new Event(Kind.FAULT_ENDS, new CallId(client, 0), micros, number(fault), 0, 0);
  }

  Duration timeout() {
    return Duration.ofMillis(a);
  }

  boolean isOneway() {
    return (b & ONEWAY) != 0;
  }

  boolean isThroughProxy() {
    return (b & THROUGH_PROXY) != 0;
  }

  boolean isTold() {
    return (b & TOLD) != 0;
  }

  boolean isStream() {
    return (b & STREAM) != 0;
  }

  /// Of a message of a stream; of its end, how many there were.
  int number() {
    return a;
  }

  RpcException.Kind failure() {
    return List.of(RpcException.Kind.values()).get(a);
  }

  Duration pause() {
    return Duration.ofMillis(a);
  }

  Fault fault() {
    return List.of(Fault.values()).get(a);
  }

  int crc() {
    return c;
  }

  int replyCrc() {
    return a;
  }

  static Event read(ByteBuffer in) {
    var kind = Kind.values()[in.getInt()];
    var id = CallId.unpacked(in.getLong());
    return new Event(kind, id, in.getLong(), in.getInt(), in.getInt(), in.getInt());
  }

  void write(ByteBuffer out) {
    out.putInt(number(kind)).putLong(id.packed()).putLong(micros);
    out.putInt(a).putInt(b).putInt(c);
  }
}

package io.windhover.interop;

import io.windhover.interop.everything.Choice;
import io.windhover.interop.everything.Interop;
import io.windhover.interop.everything.Lists;
import io.windhover.interop.everything.Maps;
import io.windhover.interop.everything.Nested;
import io.windhover.interop.everything.Refused;
import io.windhover.interop.everything.Requiredness;
import io.windhover.interop.everything.Scalars;
import io.windhover.interop.everything.Sets;
import io.windhover.interop.everything.Tree;
import io.windhover.interop.shared.Color;
import io.windhover.interop.shared.Missing;
import io.windhover.interop.shared.Point;
import io.windhover.rpc.Invocation;
import io.windhover.thrift.Binary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// The service of interop.thrift.
final class InteropHandler implements Interop {
  private final AtomicLong ticks = new AtomicLong();

  @Override
  public String whoAmI() {
    return "Interop";
  }

  @Override
  public void tick(long ticks) {
    this.ticks.addAndGet(ticks);
  }

  @Override
  public long ticks() {
    return ticks.get();
  }

  @Override
  public boolean echoBool(boolean value) {
    return value;
  }

  @Override
  public byte echoByte(byte value) {
    return value;
  }

  @Override
  public short echoI16(short value) {
    return value;
  }

  @Override
  public int echoI32(int value) {
    return value;
  }

  @Override
  public long echoI64(long value) {
    return value;
  }

  @Override
  public double echoDouble(double value) {
    return value;
  }

  @Override
  public String echoString(String value) {
    return value;
  }

  @Override
  public Binary echoBinary(Binary value) {
    return value;
  }

  @Override
  public Color echoColor(Color value) {
    return value;
  }

  @Override
  public List<String> echoNames(List<String> value) {
    return value;
  }

  @Override
  public Set<Long> echoSet(Set<Long> value) {
    return value;
  }

  @Override
  public Map<String, Integer> echoMap(Map<String, Integer> value) {
    return value;
  }

  @Override
  public Scalars echoScalars(Scalars value) {
    return value;
  }

  @Override
  public Lists echoLists(Lists value) {
    return value;
  }

  @Override
  public Sets echoSets(Sets value) {
    return value;
  }

  @Override
  public Maps echoMaps(Maps value) {
    return value;
  }

  @Override
  public Nested echoNested(Nested value) {
    return value;
  }

  @Override
  public Requiredness echoRequiredness(Requiredness value) {
    return value;
  }

  @Override
  public Choice echoChoice(Choice value) {
    return value;
  }

  @Override
  public Tree echoTree(Tree value) {
    return value;
  }

  @Override
  public String join(String text, int times, List<String> names, boolean reversed) {
    var words = new ArrayList<>(Collections.nCopies(times, text));
    words.addAll(names);
    return String.join(" ", reversed ? words.reversed() : words);
  }

  @Override
  public void nothing() {}

  @Override
  public void refuse(int code) throws Refused, Missing {
    if (code > 0) {
      throw new Refused().code(code).reason("no, 不").where(new Point().x(1).y(2));
    }
    if (code < 0) {
      throw new Missing().what("it").labels(Map.of("code", "negative"));
    }
  }

  @Override
  public String refuseText(int code) throws Refused, Missing {
    refuse(code);
    return "accepted";
  }

  @Override
  public String fail(String text) {
    throw new IllegalStateException(text);
  }

  @Override
  public String crash(String text) {
    throw new StackOverflowError(text);
  }

  @Override
  public String sleep(int millis) {
    try {
      Thread.sleep(millis);
      return "slept";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  @Override
  public long timeout() {
    var deadline = Invocation.current().orElseThrow().deadline();
    return TimeUnit.NANOSECONDS.toMillis(deadline.remainingNanos());
  }
}

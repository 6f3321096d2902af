package io.windhover.thrift.validation;

import io.windhover.thrift.ThriftProtocolException;
import io.windhover.thrift.ThriftProtocolException.Code;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One run over a struct and all that is in it: knows where the run is, and takes what it finds.
/// For generated code. One thread's.
///
/// The place is a stack of steps. A step is a field, and for a container also the position in it;
/// so `matrix[1][2]` is the step `matrix` at 1 and, in it, a step without a name at 2. It becomes a
/// text only if something is broken.
public final class Validation {

  /// More are not collected: a list can be wrong in each of a million places.
  public static final int MAX_VIOLATIONS = 100;

  /// Stands for a value that must not show.
  public static final Object REDACTED = Redacted.VALUE;

  private static final int MAX_STEPS = 256; // of 64 structs, each in a container of containers

  /// Where a step is in its container, if it is not at a key.
  private static final int NOWHERE = -1; // one before the first element

  private static final int AT_KEY = -2;

  private static final int FIRST_STEPS = 8;
  private static final String[] NO_FIELDS = {};
  private static final int[] NO_INDEXES = {};
  private static final Object[] NO_KEYS = {};

  private final boolean stopsAtFirst;
  private final List<Violation> violations;
  private String[] fields = NO_FIELDS; // of those without steps there are many
  private int[] indexes = NO_INDEXES;
  private @Nullable Object[] keys = NO_KEYS;
  private int steps;

  private Validation(boolean stopsAtFirst) {
    this.stopsAtFirst = stopsAtFirst;
    this.violations = stopsAtFirst ? List.of() : new ArrayList<>();
  }

  /// A run that throws what it finds.
  static Validation first() {
    return new Validation(true);
  }

  /// A run that collects what it finds.
  static Validation all() {
    return new Validation(false);
  }

  List<Violation> violations() {
    return List.copyOf(violations);
  }

  /// Goes into a field.
  ///
  /// @param field its name in the IDL; empty for a container that is directly in another
  /// @throws ThriftProtocolException if the structs are too deep in each other to be written
  public void enter(String field) {
    if (steps == fields.length) {
      grow();
    }
    fields[steps] = field;
    indexes[steps] = NOWHERE;
    steps++;
  }

  private void grow() {
    if (steps == MAX_STEPS) {
      throw new ThriftProtocolException(
          Code.DEPTH_LIMIT, "nested too deep to be checked: " + MAX_STEPS + " steps");
    }
    int more = Math.max(FIRST_STEPS, 2 * steps);
    fields = Arrays.copyOf(fields, more);
    indexes = Arrays.copyOf(indexes, more);
  }

  /// Goes to the next element of the list or set that was entered last: the first time, to its
  /// first.
  public void next() {
    indexes[steps - 1]++;
  }

  /// Goes to an entry of the map that was entered last.
  public void key(@Nullable Object key) {
    indexes[steps - 1] = AT_KEY;
    if (keys.length < steps) {
      keys = Arrays.copyOf(keys, fields.length);
    }
    keys[steps - 1] = key;
  }

  /// Goes back out of what was entered last.
  public void leave() {
    steps--;
  }

  /// Takes the violation of a rule for a field of the struct that the run is in.
  ///
  /// @param actual a scalar or null
  /// @throws ValidationException if this run ends at the first violation
  public void fail(String field, String rule, String expected, @Nullable Object actual) {
    enter(field);
    fail(rule, expected, actual);
    leave();
  }

  /// Takes the violation of a rule for the element, key or value that the run is at, or for the
  /// struct that it is in.
  ///
  /// @param actual a scalar or null
  /// @throws ValidationException if this run ends at the first violation
  public void fail(String rule, String expected, @Nullable Object actual) {
    if (violations.size() == MAX_VIOLATIONS) {
      return;
    }
    var violation = new Violation(path(), rule, Shown.line(expected), Shown.of(actual));
    if (stopsAtFirst) {
      throw new ValidationException(violation);
    }
    violations.add(violation);
  }

  private String path() {
    var path = new StringBuilder();
    for (int step = 0; step < steps; step++) {
      if (!path.isEmpty() && !fields[step].isEmpty()) {
        path.append('.');
      }
      path.append(fields[step]);
      switch (indexes[step]) {
        case NOWHERE -> {}
        case AT_KEY -> path.append('[').append(Shown.of(keys[step])).append(']');
        default -> path.append('[').append(indexes[step]).append(']');
      }
    }
    return path.toString();
  }

  private enum Redacted {
    VALUE;

    @Override
    public String toString() {
      return "<redacted>";
    }
  }
}

package io.windhover.http2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/// [SendWindow] and [ReceiveWindow], alone and against each other.
final class WindowsTest {

  @Test
  void row24RefusesToGrowBeyond31Bits() {
    var window = new SendWindow(SendWindow.DEFAULT_BYTES);

    assertThat(window.add(Integer.MAX_VALUE - SendWindow.DEFAULT_BYTES)).isTrue();
    assertThat(window.available()).isEqualTo(Integer.MAX_VALUE);
    assertThat(window.add(1)).isFalse();
    assertThat(window.available()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void sendsNothingWhileNewSettingsHaveMadeItNegative() {
    var window = new SendWindow(100);
    window.take(100);

    window.add(-60);
    assertThat(window.available()).isZero();
    window.add(60);
    assertThat(window.available()).isZero();
    window.add(1);
    assertThat(window.available()).isEqualTo(1);
  }

  @Test
  void allowsAnewOnceHalfIsTaken() {
    var window = new ReceiveWindow(100, 0);
    assertThat(window.arrived(60)).isTrue();
    assertThat(window.credit()).as("nobody has taken it").isZero();

    window.taken(49);
    assertThat(window.credit()).isZero();
    window.taken(1);
    assertThat(window.credit()).isEqualTo(50);
    assertThat(window.credit()).isZero();
  }

  @Test
  void refusesMoreThanItHasAllowed() {
    var window = new ReceiveWindow(100, 0);

    assertThat(window.arrived(100)).isTrue();
    assertThat(window.arrived(1)).isFalse();
  }

  @Test
  void allowsAnewWhatNobodyTakesUpToTheSlack() {
    var window = new ReceiveWindow(100, 150);

    window.arrived(100);
    assertThat(window.credit()).isEqualTo(100);
    window.arrived(100);
    assertThat(window.credit()).as("200 are held").isEqualTo(50);
    window.arrived(50);
    assertThat(window.credit()).as("250 are held").isZero();
    window.taken(60);
    assertThat(window.credit()).isEqualTo(60);
  }

  @Test
  void growsAtOnce() {
    var window = new ReceiveWindow(100, 0);
    window.arrived(100);

    assertThat(window.resize(300)).isEqualTo(200);
    assertThat(window.arrived(200)).isTrue();
    window.taken(300);
    assertThat(window.credit()).isEqualTo(300);
  }

  /// What the peer had sent before it knew is legal, and made good before it may send more.
  @Test
  void shrinksBelowZero() {
    var window = new ReceiveWindow(100, 0);
    window.arrived(90);

    assertThat(window.resize(40)).isEqualTo(-60);
    window.taken(90);
    assertThat(window.credit()).isEqualTo(90);
    assertThat(window.arrived(40)).isTrue();
    assertThat(window.arrived(1)).isFalse();
  }

  /// Row 25: whatever is taken, and whenever, what was allowed is what was sent and what is left.
  @Test
  void row25ConservesTheSumOfTheWindows() {
    var random = new Random(1);
    var sender = new SendWindow(1_000);
    var receiver = new ReceiveWindow(1_000, 700);
    long sent = 0;
    long allowed = 1_000;
    for (int i = 0; i < 100_000; i++) {
      int count = Math.min(sender.available(), random.nextInt(400));
      sender.take(count);
      sent += count;
      assertThat(receiver.arrived(count)).isTrue();
      if (random.nextInt(3) == 0) {
        receiver.taken((int) Math.min(receiver.held(), random.nextInt(1_500)));
      }
      int more = receiver.credit();
      allowed += more;
      assertThat(sender.add(more)).isTrue();
      assertThat(allowed - sent).isEqualTo(sender.available());
      assertThat(receiver.held()).isBetween(0L, 1_700L);
    }
    receiver.taken((int) receiver.held());
    sender.add(receiver.credit());

    assertThat(sender.available()).isGreaterThan(500);
    assertThat(sent).isGreaterThan(1_000_000);
  }
}

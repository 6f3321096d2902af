package io.windhover.netpoll;

import io.windhover.buffer.LinkBuffer;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Does what the peer's frames tell it to, and tells the model of each call.
final class ModelHandler implements FrameHandler {

  /// What a frame of the peer asks for.
  enum Command {
    DROP,
    KEEP,
    ANSWER,
    TRY_ANSWER,
    ECHO,
    ECHO_ELSEWHERE,
    PAUSE,
    ANSWER_AND_CLOSE,
    ABORT,
    THROW;

    private static final List<Command> ALL = List.of(values());
    private static final int HARMLESS = ALL.indexOf(PAUSE) + 1;

    /// The dangerous ones come seldom, or no connection would live long.
    static Command pick(int random) {
      int choice = random / 20;
      return random % 20 == 0
          ? ALL.get(HARMLESS + choice % (ALL.size() - HARMLESS))
          : ALL.get(choice % HARMLESS);
    }

    static Command of(byte code) {
      return ALL.get(code);
    }

    byte code() {
      return (byte) ALL.indexOf(this);
    }
  }

  private static final Logger LOG = Logger.getLogger(ModelHandler.class.getPackageName());

  static {
    LOG.setLevel(Level.OFF); // handlers fail on purpose here
  }

  private static final String CRASH = "a crash that the peer ordered";

  private final ConnectionWorld world;
  private final ConnectionModel model;

  ModelHandler(ConnectionWorld world) {
    this.world = world;
    this.model = world.model;
  }

  @Override
  public void opened(Connection connection) {
    model.opened();
  }

  @Override
  public int frameBytes(Connection connection, LinkBuffer input) {
    model.check(input.size() > 0, "asked to cut nothing");
    return Frames.size(input);
  }

  /// A body is four bytes of id, one of command, and anything.
  @Override
  public void received(Connection connection, LinkBuffer frame) {
    int bytes = frame.size();
    var body = new byte[bytes - Integer.BYTES];
    try (var copy = frame.duplicate()) {
      copy.skip(Integer.BYTES);
      copy.readBytes(body, 0, body.length);
    }
    model.frame(body);
    int id = frame.getInt(Integer.BYTES);
    switch (Command.of(body[Integer.BYTES])) {
      case ECHO -> world.write(id, frame);
      case ECHO_ELSEWHERE -> world.offPoller(() -> world.write(id, frame));
      case KEEP -> world.kept.add(frame);
      case DROP -> frame.release();
      case ANSWER -> after(frame, world::writeNew);
      case TRY_ANSWER -> after(frame, world::tryWriteNew);
      case PAUSE -> after(frame, world::pause);
      case ANSWER_AND_CLOSE -> {
        after(frame, world::writeNew);
        world.close();
      }
      case ABORT -> after(frame, world::abort);
      case THROW -> {
        model.ends(CloseReason.HANDLER_FAILED);
        throw new IllegalStateException(CRASH);
      }
    }
  }

  private static void after(LinkBuffer frame, Runnable action) {
    frame.release();
    action.run();
  }

  @Override
  public boolean isBusy() {
    return world.busy;
  }

  @Override
  public void inputEnded(Connection connection, @Nullable RuntimeException cause) {
    model.inputEnded(cause);
    if (world.closesWhenEnded) {
      world.close();
    }
  }

  @Override
  public void closed(Connection connection, CloseReason reason) {
    model.closed(reason);
  }
}
